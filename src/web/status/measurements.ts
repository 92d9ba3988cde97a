import { countBetween, type Durations, quantileBetween, searchDurations } from './latency.js';
import { type Metrics, numberIn } from './prometheus.js';
import type { Series } from './sparkline.js';
import { SAMPLES } from './tiles.js';

/** Times of searches are told over so many looks: over one alone they jump. */
const WINDOW = 15;

/** What the server does, over the time that the page has looked. The last of each is now. */
export interface Measurements {
  searchesPerSecond: Series;
  median: Series;
  slow: Series;
  embeddedPerSecond: Series;
  waiting: Series;
  memory: Series;
}

interface Look {
  at: number;
  durations: Durations;
  embedded: number;
}

/** Makes series out of one look at the server's metrics after the other. */
export class History {
  readonly series: Measurements = {
    searchesPerSecond: [],
    median: [],
    slow: [],
    embeddedPerSecond: [],
    waiting: [],
    memory: [],
  };
  readonly #looks: Look[] = [];

  /** @param at when it was, in milliseconds */
  add(metrics: Metrics, at: number): void {
    const look = {
      at,
      durations: searchDurations(metrics),
      embedded: numberIn(metrics, 'akin_passages_embedded_total') ?? 0,
    };
    const last = this.#looks.at(-1);
    const first = this.#looks[0];
    this.#looks.push(look);
    if (this.#looks.length > WINDOW) this.#looks.shift();
    const seconds = last ? (at - last.at) / 1_000 : 0;
    const rate = (count: number): number | null => (seconds > 0 ? Math.max(0, count) / seconds : null);
    this.#push('searchesPerSecond', last ? rate(countBetween(last.durations, look.durations)) : null);
    this.#push('median', first ? quantileBetween(first.durations, look.durations, 0.5) : null);
    this.#push('slow', first ? quantileBetween(first.durations, look.durations, 0.95) : null);
    this.#push('embeddedPerSecond', last ? rate(look.embedded - last.embedded) : null);
    this.#push('waiting', numberIn(metrics, 'akin_searches_waiting'));
    this.#push('memory', numberIn(metrics, 'process_resident_memory_bytes'));
  }

  #push(name: keyof Measurements, value: number | null): void {
    const series = this.series[name];
    series.push(value);
    if (series.length > SAMPLES) series.shift();
  }
}
