import { createHash } from 'node:crypto';
import type { TaskPool } from '../workers/task-pool.js';
import type { LocalGraph } from './local-model.js';
import { modelProcesses } from './model-processes.js';

const SCRIPT = new URL('./cross-encoder-process.js', import.meta.url);

/** Passages that the process is given at once: few, so that little is lost when the time is up. */
const BATCH = 2;

/** How long an outcome is kept, in milliseconds, and how many are. */
const KEPT_MS = 60_000;
const MOST_KEPT = 200;

/** What the process is asked: to score passages, unless it is past a moment of `Date.now()`. */
export interface ScoringTask {
  query: string;
  passages: string[];
  until: number;
}

type ScoringProcess = Pick<TaskPool<ScoringTask, number[]>, 'run' | 'close'>;

export interface RerankerOptions {
  /** The most that one search may take, in milliseconds, waiting for other searches included. */
  timeMs: number;
  /** How many of the best documents of a search are read. */
  depth: number;
}

/** Reads queries together with passages, by a cross-encoder in a process of its own, within a time. */
export class Reranker {
  readonly depth: number;
  readonly #timeMs: number;
  readonly #encoder: ScoringProcess;
  readonly #kept = new Map<string, { made: number; scores: Promise<number[]> }>();

  /** @param encoder gives a score for each passage of a task, or none where it came to it too late */
  constructor(encoder: ScoringProcess, { timeMs, depth }: RerankerOptions) {
    this.depth = depth;
    this.#timeMs = timeMs;
    this.#encoder = encoder;
  }

  /** @throws AkinError MODEL_INVALID where the model can't be loaded or scores no pairs */
  static async start(model: LocalGraph, options: RerankerOptions): Promise<Reranker> {
    const encoder = modelProcesses<ScoringTask, number[]>(SCRIPT, model, { count: 1 });
    try {
      await encoder.run({ query: '', passages: [], until: 0 });
      return new Reranker(encoder, options);
    } catch (error) {
      await encoder.close();
      throw error;
    }
  }

  /**
   * How well each passage answers a query, 0..1, in the order of the passages, for as many of the first as were read
   * when the time was up. The same query with the same passages gives the same scores, and as many, for a minute, so
   * that the pages of one search fit together however busy the machine is.
   *
   * @throws what the model threw; that is not kept
   */
  score(query: string, passages: string[]): Promise<number[]> {
    const key = createHash('sha256')
      .update(JSON.stringify([query, passages]))
      .digest('base64');
    const known = this.#kept.get(key);
    if (known && performance.now() - known.made < KEPT_MS) return known.scores;
    const scores = this.#scoreInTime(query, passages);
    const outcome = { made: performance.now(), scores };
    this.#kept.delete(key);
    this.#kept.set(key, outcome);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    scores.catch(() => {
      if (this.#kept.get(key) === outcome) this.#kept.delete(key);
    });
    return scores;
  }

  async close(): Promise<void> {
    await this.#encoder.close();
  }

  async #scoreInTime(query: string, passages: string[]): Promise<number[]> {
    const until = Date.now() + this.#timeMs;
    const timeout = new AbortController();
    const timeUp = sleep(this.#timeMs, timeout.signal);
    const scores: number[] = [];
    try {
      while (scores.length < passages.length) {
        const batch = passages.slice(scores.length, scores.length + BATCH);
        const scored = await Promise.race([this.#encoder.run({ query, passages: batch, until }), timeUp]);
        if (scored.length === 0) break;
        scores.push(...scored);
      }
      return scores;
    } finally {
      timeout.abort();
    }
  }
}

/** Gives nothing, after a time. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<[]> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve([]), milliseconds);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
