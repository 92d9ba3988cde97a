/** A figure with its spread over the rounds that were measured. */
export interface Figure {
  name: string;
  /** The median. */
  value: number;
  unit: string;
  /** The quartiles. */
  low: number;
  high: number;
  /** What is promised of it. */
  target?: { atLeast: number } | { atMost: number };
}

/** What a benchmark is given. */
export interface BenchContext {
  /** The folder of the collections: `retrieval/`, `news/`. */
  data: string;
  /** An empty folder of its own, removed afterwards. */
  scratch: string;
  seed: number;
}

/** Something measured beside its alternatives in one run. */
export interface Benchmark {
  name: string;
  /** What is measured, and beside what. */
  measures: string;
  /** On which data. */
  data: string;
  run(context: BenchContext): Promise<Figure[]>;
}
