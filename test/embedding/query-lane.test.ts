import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countForRun, QueryLane } from '../../src/embedding/query-lane.js';

/** A process that does one run at a time, when it is told to; a text's vector is its length and its first character. */
class Thread {
  readonly runs: string[][] = [];
  readonly #ends: (() => void)[] = [];
  failing = false;

  run(texts: string[]): Promise<Float32Array> {
    this.runs.push(texts);
    return new Promise((resolve, reject) => {
      this.#ends.push(() =>
        this.failing ? reject(new Error('out of luck')) : resolve(Float32Array.from(texts.flatMap(vectorOf))),
      );
    });
  }

  /** Ends the run that is under way, and lets what follows from it happen. */
  async end(): Promise<void> {
    this.#ends.shift()?.();
    await new Promise(setImmediate);
  }

  async close(): Promise<void> {
    // There is no process.
  }
}

function vectorOf(text: string): number[] {
  return [text.length, text.charCodeAt(0)];
}

function laneOf(thread: Thread, shared = true): QueryLane {
  return new QueryLane(thread, { dimensions: 2, shared });
}

describe('QueryLane', () => {
  it('lets queries that come while the thread is busy share its next run, each with its own vector', async () => {
    const thread = new Thread();
    const lane = laneOf(thread);
    const asked = ['first', 'a', 'bb', 'ccc'].map((text) => lane.embed(text));
    await thread.end();
    await thread.end();
    expect(thread.runs).toEqual([['first'], ['a', 'bb', 'ccc']]);
    expect((await Promise.all(asked)).map((vector) => [...vector])).toEqual(
      ['first', 'a', 'bb', 'ccc'].map(vectorOf),
    );
  });

  it('gives a model one query at a time whose vectors depend on the batch', async () => {
    const thread = new Thread();
    const lane = laneOf(thread, false);
    const asked = ['a', 'b', 'c'].map((text) => lane.embed(text));
    for (const _ of asked) await thread.end();
    await Promise.all(asked);
    expect(thread.runs).toEqual([['a'], ['b'], ['c']]);
  });

  it('embeds a query once that is asked again, also while it is under way', async () => {
    const thread = new Thread();
    const lane = laneOf(thread);
    const asked = [lane.embed('a'), lane.embed('a'), lane.embed('b'), lane.embed('b')];
    await thread.end();
    await thread.end();
    await Promise.all(asked);
    expect(await lane.embed('a')).toBe(await asked[0]);
    expect(thread.runs).toEqual([['a'], ['b']]);
  });

  it('forgets the query of a thousand that was asked for longest ago', async () => {
    const thread = new Thread();
    const lane = laneOf(thread, false);
    const ask = async (text: string): Promise<void> => {
      const asked = lane.embed(text);
      await thread.end();
      await asked;
    };
    for (let query = 0; query < 1_000; query++) await ask(`query ${query}`);
    await ask('query 0');
    await ask('one more');
    expect(thread.runs).toHaveLength(1_001);
    await ask('query 0');
    expect(thread.runs).toHaveLength(1_001);
    await ask('query 1');
    expect(thread.runs).toHaveLength(1_002);
  });

  it('tells all of a run of its failure, and tries again', async () => {
    const thread = new Thread();
    const lane = laneOf(thread);
    thread.failing = true;
    const first = lane.embed('a');
    await Promise.all([expect(first).rejects.toThrow('out of luck'), thread.end()]);
    thread.failing = false;
    const second = lane.embed('a');
    await thread.end();
    expect([...(await second)]).toEqual(vectorOf('a'));
  });

  it('rejects what waits when it is closed', async () => {
    const lane = laneOf(new Thread());
    void lane.embed('under way');
    const waiting = expect(lane.embed('waiting')).rejects.toMatchObject({ code: 'CANCELLED' });
    await lane.close();
    await waiting;
  });
});

it('shares a run among as many as the budget allows, and one at least', () => {
  const texts = fc.array(fc.string({ maxLength: 300 }), { minLength: 1 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 1_000 }), (all, budget) => {
      const paddedOf = (count: number): number =>
        Math.max(...all.slice(0, count).map(({ length }) => length)) * count;
      const count = countForRun(all, budget);
      expect(count).toBeGreaterThanOrEqual(1);
      if (count > 1) expect(paddedOf(count)).toBeLessThanOrEqual(budget);
      if (count < all.length) expect(paddedOf(count + 1)).toBeGreaterThan(budget);
    }),
  );
});
