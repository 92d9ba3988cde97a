import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Reranker, type ScoringTask } from '../../src/embedding/reranker.js';

const PASSAGES = Array.from({ length: 20 }, (_, index) => `passage ${index}`);

/** A process that scores so many passages and then hangs; each passage's score is its number of a hundred. */
class ScoringProcess {
  asked = 0;
  #left: number;

  constructor(left = Number.POSITIVE_INFINITY) {
    this.#left = left;
  }

  run({ passages }: ScoringTask): Promise<number[]> {
    this.asked += passages.length;
    this.#left -= passages.length;
    return this.#left < 0
      ? new Promise(() => undefined)
      : Promise.resolve(passages.map((passage) => Number(passage.split(' ')[1]) / 100));
  }

  async close(): Promise<void> {
    // There is no process.
  }
}

describe('Reranker', () => {
  it('scores every passage, in their order', async () => {
    const reranker = new Reranker(new ScoringProcess(), { timeMs: 60_000, depth: 20 });
    expect(await reranker.score('query', PASSAGES)).toEqual(PASSAGES.map((_, index) => index / 100));
    expect(await reranker.score('query', [])).toEqual([]);
  });

  it('gives the scores of the first passages when the time is up', async () => {
    const reranker = new Reranker(new ScoringProcess(11), { timeMs: 5, depth: 20 });
    const scores = await reranker.score('query', PASSAGES);
    expect(scores).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => index / 100));
  });

  it('ends where the process came to a task too late', async () => {
    const late = { run: async () => [], close: async () => undefined };
    expect(await new Reranker(late, { timeMs: 60_000, depth: 20 }).score('query', PASSAGES)).toEqual([]);
  });

  it('gives the same search the same scores again without reading, and another its own', async () => {
    const encoder = new ScoringProcess();
    const reranker = new Reranker(encoder, { timeMs: 60_000, depth: 20 });
    const [one, same] = await Promise.all([
      reranker.score('query', PASSAGES),
      reranker.score('query', PASSAGES),
    ]);
    expect(await reranker.score('query', PASSAGES)).toEqual(one);
    expect(same).toEqual(one);
    expect(encoder.asked).toBe(PASSAGES.length);
    await reranker.score('another query', PASSAGES);
    await reranker.score('query', PASSAGES.slice(1));
    expect(encoder.asked).toBe(3 * PASSAGES.length - 1);
  });

  it('forgets a search after a minute, and the oldest of more than two hundred', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const encoder = new ScoringProcess();
    const reranker = new Reranker(encoder, { timeMs: 60_000, depth: 20 });
    const passages = ['passage 1'];
    await reranker.score('query', passages);
    vi.advanceTimersByTime(59_000);
    await reranker.score('query', passages);
    expect(encoder.asked).toBe(1);
    vi.advanceTimersByTime(2_000);
    await reranker.score('query', passages);
    expect(encoder.asked).toBe(2);
    for (let other = 0; other < 199; other++) await reranker.score(`query ${other}`, passages);
    await reranker.score('query', passages);
    expect(encoder.asked).toBe(2 + 199);
    await reranker.score('one too many', passages);
    await reranker.score('query', passages);
    expect(encoder.asked).toBe(2 + 199 + 2);
  });

  it('tries a search again that failed', async () => {
    let calls = 0;
    const run = async ({ passages }: ScoringTask): Promise<number[]> => {
      if (++calls === 1) throw new Error('out of luck');
      return passages.map(() => 1);
    };
    const reranker = new Reranker({ run, close: async () => undefined }, { timeMs: 60_000, depth: 20 });
    await expect(reranker.score('query', ['a'])).rejects.toThrow('out of luck');
    expect(await reranker.score('query', ['a'])).toEqual([1]);
  });
});
