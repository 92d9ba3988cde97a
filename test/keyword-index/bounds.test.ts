import { describe, expect, it } from 'vitest';
import { boundsOf, LEAST_BOUNDED, NO_BOUNDS } from '../../src/keyword-index/bounds.js';
import { type Postings, WINDOW } from '../../src/keyword-index/segment.js';
import { atOnce } from '../../src/turns.js';

interface Posting {
  ordinal: number;
  count: number;
}

/** Documents of ten words each but for those that are named, with the postings of terms. */
function made(documents: number, terms: Posting[][], lengths: Record<number, number> = {}): Postings {
  const all = terms.flat();
  const starts = [0];
  for (const postings of terms) starts.push((starts.at(-1) ?? 0) + postings.length);
  return {
    keys: new Uint32Array(documents),
    versions: new Uint32Array(documents),
    lengths: Uint32Array.from({ length: documents }, (_, ordinal) => lengths[ordinal] ?? 10),
    terms: Uint32Array.from(terms.keys()),
    starts: Uint32Array.from(starts),
    ordinals: Uint16Array.from(all, ({ ordinal }) => ordinal),
    counts: Uint16Array.from(all, ({ count }) => count),
  };
}

const once = (length: number): Posting[] => Array.from({ length }, (_, ordinal) => ({ ordinal, count: 1 }));

describe('boundsOf', () => {
  it('takes terms with 64 postings and more, and of each window the greatest part', () => {
    expect([LEAST_BOUNDED, WINDOW]).toEqual([64, 4_096]);
    const often = [...once(62), { ordinal: 4_096, count: 2 }, { ordinal: 4_097, count: 1 }];
    const bounds = atOnce(boundsOf(made(5_000, [often, once(63), once(64)]), 10));
    // With an average of ten words, count / (count + 0.3 + 0.9): 1/2.2 · 255 = 115.9 and 2/3.2 · 255 = 159.4,
    // rounded up.
    expect(bounds).toEqual({
      averageLength: 10,
      places: Uint32Array.of(0, 2),
      most: Uint8Array.of(116, 160, 116, 0),
    });
  });

  it('has shorter documents score more', () => {
    const often = [...once(63), { ordinal: 4_095, count: 1 }];
    const bounds = atOnce(boundsOf(made(4_097, [often], { 4095: 2 }), 20));
    // perWord is 0.9 / 20: of two words 1 / (1 + 0.3 + 0.09) · 255 = 183.5, of ten 1 / 1.75 · 255 = 145.7.
    expect(bounds.most).toEqual(Uint8Array.of(184, 0));
  });

  it('are none of a segment of one window', () => {
    expect(atOnce(boundsOf(made(4_096, [once(100)]), 10))).toBe(NO_BOUNDS);
    expect(NO_BOUNDS).toEqual({ averageLength: 1, places: new Uint32Array(), most: new Uint8Array() });
  });

  it('lets others have their turn after 65,536 postings', () => {
    const turnsWith = (terms: number, last = 4_096): number => {
      const postings = Array.from({ length: terms }, (_, term) => once(term + 1 < terms ? 4_096 : last));
      const steps = boundsOf(made(5_000, postings), 10);
      let turns = 0;
      while (!steps.next().done) turns++;
      return turns;
    };
    // 16 · 4,096 are 65,536.
    expect([turnsWith(16, 4_095), turnsWith(16), turnsWith(32, 4_095), turnsWith(32)]).toEqual([0, 1, 1, 2]);
  });
});
