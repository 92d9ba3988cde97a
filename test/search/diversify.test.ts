import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diversify, EVENT_COSINE } from '../../src/search/diversify.js';

interface Candidate {
  document: number;
  score: number;
  event: number;
}

/** Documents of one event are alike, others hardly. */
const cosine = (one: Candidate, other: Candidate): number => (one.event === other.event ? 0.85 : 0.35);

// Sometimes of few events, so that nothing else is left for ten places, and sometimes of many.
const rankings = fc
  .integer({ min: 0, max: 12 })
  .chain((events) =>
    fc.array(fc.tuple(fc.double({ min: 0.3, max: 1, noNaN: true }), fc.integer({ min: 0, max: events })), {
      maxLength: 80,
      size: 'max',
    }),
  )
  .map((values) =>
    values
      .map(([score, event], document): Candidate => ({ document, score, event }))
      .sort((a, b) => b.score - a.score),
  );

function largestEvent(picks: Candidate[]): number {
  const counts = new Map<number, number>();
  for (const { event } of picks) counts.set(event, (counts.get(event) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** A candidate by hand. */
interface Named {
  name: string;
  score: number;
}

/** Candidates, best first, and how alike two of them are; others are not at all. */
function named(scores: Record<string, number>, cosines: Record<string, number> = {}) {
  const ranking = Object.entries(scores).map(([name, score]): Named => ({ name, score }));
  const likeness = (one: Named, other: Named): number =>
    cosines[`${one.name} ${other.name}`] ?? cosines[`${other.name} ${one.name}`] ?? 0;
  const picked = (diversity: number, limit: number): { order: string; isShort: boolean } => {
    const { picks, isShort } = diversify(ranking, { diversity, limit, cosine: likeness });
    return { order: picks.map(({ name }) => name).join(' '), isShort };
  };
  return { ranking, picked };
}

describe('the generated rankings', () => {
  it('hold such as are short of other events, and such as are not', () => {
    let [short, enough] = [0, 0];
    for (const ranking of fc.sample(rankings, { numRuns: 300, seed: 7 })) {
      const { picks, isShort } = diversify(ranking, { diversity: 0.2, limit: 10, cosine });
      if (!isShort) enough++;
      else if (picks.length === 10) short++;
    }
    expect(short).toBeGreaterThan(30);
    expect(enough).toBeGreaterThan(30);
  });
});

describe('diversify by hand', () => {
  it.each([
    // b: 0.7 · 0.8 − 0.3 · 0.6 = 0.38, c: 0.7 · 0.5 = 0.35.
    { diversity: 0.3, order: 'a b c' },
    // b: 0.65 · 0.8 − 0.35 · 0.6 = 0.31, c: 0.65 · 0.5 = 0.325.
    { diversity: 0.35, order: 'a c b' },
    { diversity: 0.9, order: 'a c b' },
    { diversity: 0, order: 'a b c' },
  ])('takes likeness off the score: with $diversity $order', ({ diversity, order }) => {
    const { picked } = named({ a: 0.9, b: 0.8, c: 0.5 }, { 'a b': 0.6 });
    expect(picked(diversity, 3).order).toBe(order);
  });

  it('counts the likeness to the likest pick, not to the last one', () => {
    // a, then b with 0.4. Then c has 0.35 − 0.5 · 0.6 = 0.05, and d 0.345 − 0.5 · 0.3 = 0.195.
    const { picked } = named(
      { a: 0.9, b: 0.8, c: 0.7, d: 0.69 },
      { 'a c': 0.6, 'b c': 0.1, 'a d': 0.3, 'b d': 0.3 },
    );
    expect(picked(0.5, 4).order).toBe('a b d c');
  });

  it('gives nothing for being the opposite of a pick', () => {
    // c has 0.35. b has 0.3, and not 0.3 + 0.5 · 0.9.
    const { picked } = named({ a: 0.9, c: 0.7, b: 0.6 }, { 'a b': -0.9 });
    expect(picked(0.5, 3).order).toBe('a c b');
  });

  it('goes by likeness alone with 1', () => {
    const { picked } = named({ a: 0.9, b: 0.8, c: 0.7, d: 0.6 }, { 'a b': 0.6, 'a c': 0.3, 'a d': 0.1 });
    expect(picked(1, 4).order).toBe('a d c b');
  });

  it('keeps the order of what is worth the same', () => {
    // b: 0.375 − 0.125, c: 0.3125 − 0.0625: both 0.25.
    const { picked } = named({ a: 0.875, b: 0.75, c: 0.625 }, { 'a b': 0.25, 'a c': 0.125 });
    expect(picked(0.5, 3).order).toBe('a b c');
  });

  const pairs = (names: string[], cosine: number): Record<string, number> =>
    Object.fromEntries(
      names.flatMap((one, i) => names.slice(i + 1).map((other) => [`${one} ${other}`, cosine])),
    );
  const event = { e1: 0.9, e2: 0.89, e3: 0.88, e4: 0.87 };

  it.each([
    // A cosine of 0.635 is of one event, which has three places before all others have theirs.
    { cosine: 0.635, limit: 5, order: 'e1 e2 e3 o e4', isShort: true },
    { cosine: 0.635, limit: 4, order: 'e1 e2 e3 o', isShort: false },
    { cosine: 0.634, limit: 5, order: 'e1 e2 e3 e4 o', isShort: false },
    { cosine: 0.634, limit: 6, order: 'e1 e2 e3 e4 o', isShort: true },
  ])('gives what is alike by $cosine, of $limit, the places $order', ({ cosine, limit, order, isShort }) => {
    const { picked } = named({ ...event, o: 0.1 }, pairs(Object.keys(event), cosine));
    expect(picked(0.01, limit)).toEqual({ order, isShort });
  });

  it('gives an event three tenths of the places in a long list', () => {
    const names = Array.from({ length: 8 }, (_, i) => `e${i}`);
    const others = Array.from({ length: 14 }, (_, i) => `o${i}`);
    const scores = Object.fromEntries([
      ...names.map((name) => [name, 0.9]),
      ...others.map((name) => [name, 0.5]),
    ]);
    const { order, isShort } = named(scores, pairs(names, 0.7)).picked(0.01, 20);
    // The fourth is one of 14 (0.3 · 13 = 3.9, 0.3 · 14 = 4.2), the fifth of 17 (5.1), the sixth of 20 (6).
    const places = order.split(' ').flatMap((name, i) => (name.startsWith('e') ? [i + 1] : []));
    expect(places).toEqual([1, 2, 3, 14, 17, 20]);
    expect(isShort).toBe(false);
  });

  it('takes two events for one from when a pick is like both', () => {
    // m is like x1 and y1, so that the three are one event, and x2 is its fourth.
    const { picked } = named(
      { x1: 0.9, y1: 0.89, m: 0.88, x2: 0.87, o: 0.3 },
      { 'x1 m': 0.7, 'y1 m': 0.7, 'x1 x2': 0.7 },
    );
    expect(picked(0.01, 5)).toEqual({ order: 'x1 y1 m o x2', isShort: true });
    expect(picked(0.01, 4)).toEqual({ order: 'x1 y1 m o', isShort: false });
  });

  it('counts both events that a candidate would join, and no others', () => {
    // m would be the fifth of x and y together; x3 is the third of x alone.
    const { picked } = named(
      { x1: 0.9, x2: 0.89, y1: 0.88, y2: 0.87, m: 0.86, x3: 0.85, o: 0.3 },
      { 'x1 x2': 0.7, 'y1 y2': 0.7, 'x1 m': 0.7, 'y2 m': 0.7, 'x2 x3': 0.7 },
    );
    expect(picked(0.01, 7)).toEqual({ order: 'x1 x2 y1 y2 x3 o m', isShort: true });
  });

  it('goes by score alone after fifty picks', () => {
    const first = Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`p${i}`, 0.9]));
    // x and v are like the first: x is worth 0.25 − 0.3, v 0.15 − 0.3; y is worth 0.2, w 0.1.
    const { picked } = named({ ...first, x: 0.5, y: 0.4, v: 0.3, w: 0.2 }, { 'p0 x': 0.6, 'p0 v': 0.6 });
    const last = (limit: number): string => picked(0.5, limit).order.split(' ').slice(49).join(' ');
    expect(last(53)).toBe('y x v w');
    expect(last(51)).toBe('y x');
    expect(picked(0.5, 53).isShort).toBe(false);
    expect(picked(0.5, 54).isShort).toBe(true);
  });

  it.each([0, 0.5])('says with a diversity of %d whether there are as many as asked for', (diversity) => {
    const { picked } = named({ a: 0.9, b: 0.8 });
    expect(picked(diversity, 1)).toEqual({ order: 'a', isShort: false });
    expect(picked(diversity, 2)).toEqual({ order: 'a b', isShort: false });
    expect(picked(diversity, 3)).toEqual({ order: 'a b', isShort: true });
    expect(named({}).picked(diversity, 0)).toEqual({ order: '', isShort: false });
    expect(named({}).picked(diversity, 1)).toEqual({ order: '', isShort: true });
  });

  it('compares no more than it must', () => {
    const ranking = Array.from({ length: 1_000 }, (_, i) => ({ score: 1 - i / 2_000 }));
    let comparisons = 0;
    diversify(ranking, {
      diversity: 0.5,
      limit: 10,
      cosine: () => {
        comparisons++;
        return 0;
      },
    });
    // Only the next one, each time, with all picks before: 0 + 1 + … + 9.
    expect(comparisons).toBe(45);
    comparisons = 0;
    diversify(ranking.slice(0, 40), {
      diversity: 1,
      limit: 10,
      cosine: () => {
        comparisons++;
        return 0.5;
      },
    });
    // All that wait with the pick before each time, once: 39 + 38 + … + 31.
    expect(comparisons).toBe(315);
  });
});

describe('diversify', () => {
  it('leaves a ranking as it is with 0', () => {
    fc.assert(
      fc.property(rankings, fc.integer({ min: 0, max: 40 }), (ranking, limit) => {
        const { picks } = diversify(ranking, { diversity: 0, limit, cosine });
        expect(picks).toEqual(ranking.slice(0, limit));
      }),
    );
  });

  it('fills the limit where there are so many, with each once, and begins with the best', () => {
    fc.assert(
      fc.property(rankings, fc.double({ min: 0.01, max: 1, noNaN: true }), (ranking, diversity) => {
        const { picks } = diversify(ranking, { diversity, limit: 60, cosine });
        expect(picks).toHaveLength(Math.min(60, ranking.length));
        expect(new Set(picks).size).toBe(picks.length);
        expect(picks[0]?.score).toBe(ranking[0]?.score);
      }),
    );
  });

  it('gives an event at most three of ten, or says that nothing else was left', () => {
    fc.assert(
      fc.property(rankings, fc.double({ min: 0.01, max: 1, noNaN: true }), (ranking, diversity) => {
        const { picks, isShort } = diversify(ranking, { diversity, limit: 10, cosine });
        if (!isShort) expect(largestEvent(picks)).toBeLessThanOrEqual(3);
        const places = [...new Set(ranking.map(({ event }) => event))]
          .map((event) => Math.min(3, ranking.filter((one) => one.event === event).length))
          .reduce((sum, count) => sum + count, 0);
        expect(isShort).toBe(places < 10);
      }),
    );
  });

  it('picks what comparing each candidate with each pick would', () => {
    const likeness = (one: Candidate, other: Candidate): number =>
      ((one.document * 7 + other.document * 7 + one.event * other.event) % 60) / 100;
    fc.assert(
      fc.property(rankings, fc.double({ min: 0.01, max: 1, noNaN: true }), (ranking, diversity) => {
        const { picks } = diversify(ranking, { diversity, limit: 20, cosine: likeness });
        const left = [...ranking];
        for (const [place, pick] of picks.entries()) {
          const values = left.map((one) => {
            const most = Math.max(0, ...picks.slice(0, place).map((earlier) => likeness(one, earlier)));
            return (1 - diversity) * one.score - diversity * most;
          });
          const best = left[values.indexOf(Math.max(...values))];
          expect(pick).toBe(best);
          left.splice(left.indexOf(pick), 1);
        }
      }),
    );
  });

  it('counts a chain of likenesses as one event', () => {
    const chain = [0, 1, 2, 3, 4, 5].map((document) => ({ document, score: 0.9, event: 0 }));
    const others = [6, 7, 8].map((document) => ({ document, score: 0.4, event: document }));
    const neighbours = (one: Candidate, other: Candidate): number =>
      one.event === 0 && other.event === 0 && Math.abs(one.document - other.document) === 1
        ? EVENT_COSINE
        : 0.1;
    const { picks } = diversify([...chain, ...others], { diversity: 0.01, limit: 6, cosine: neighbours });
    expect(picks.slice(0, 3).every(({ event }) => event === 0)).toBe(true);
    expect(picks.some(({ document }) => document >= 6)).toBe(true);
  });
});
