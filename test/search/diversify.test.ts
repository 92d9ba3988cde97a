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

const rankings = fc
  .array(fc.tuple(fc.double({ min: 0.3, max: 1, noNaN: true }), fc.integer({ min: 0, max: 12 })), {
    maxLength: 80,
  })
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
