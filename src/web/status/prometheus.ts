/** One number of a metric, with what it is about. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** Numbers by the names of their metrics. */
export type Metrics = Map<string, Sample[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus' text format (its exposition format, version 0.0.4); lines that are none are passed over. */
export function parseMetrics(text: string): Metrics {
  const metrics: Metrics = new Map();
  for (const line of text.split('\n')) {
    const [, name, labels = '', number = ''] = LINE.exec(line) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', value = '']) => [key, unescaped(value)]);
    const sample = { labels: Object.fromEntries(pairs), value: toNumber(number) };
    const samples = metrics.get(name);
    if (samples) samples.push(sample);
    else metrics.set(name, [sample]);
  }
  return metrics;
}

/** The first number of a metric; null where there is none. */
export function numberIn(metrics: Metrics, name: string): number | null {
  return metrics.get(name)?.[0]?.value ?? null;
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

function toNumber(text: string): number {
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
}
