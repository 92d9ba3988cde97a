export interface Figure {
  name: string;
  value: number;
  unit: string;
  low: number;
  high: number;
  target?: { atLeast: number } | { atMost: number };
}

export interface BenchContext {
  /** folder like ../shared/data */
  data: string;
  /** an empty folder, removed afterwards */
  scratch: string;
  seed: number;
}

export interface Benchmark {
  name: string;
  measures: string;
  data: string;
  run(context: BenchContext): Promise<Figure[]>;
}
