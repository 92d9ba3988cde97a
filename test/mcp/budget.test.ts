import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUDGET, excerptOf, partsThatFit } from '../../src/mcp/budget.js';
import { shownHits } from '../../src/mcp/hits.js';
import { filterOf } from '../../src/search/filter-shorthands.js';

const entries = fc.array(fc.record({ bare: fc.nat(300), parts: fc.array(fc.nat(1_000), { maxLength: 4 }) }), {
  maxLength: 30,
});

it('never chooses more than fits, but for the first entry with its best part', () => {
  fc.assert(
    fc.property(entries, fc.nat(5_000), (sizes, budget) => {
      const chosen = partsThatFit(sizes, budget);
      const used = chosen.map((count, index) => {
        const { bare = 0, parts = [] } = sizes[index] ?? {};
        return bare + parts.slice(0, count).reduce((sum, size) => sum + size, 0);
      });
      const total = used.reduce((sum, size) => sum + size, 0);
      const first = (sizes[0]?.bare ?? 0) + (sizes[0]?.parts[0] ?? 0);
      expect(total).toBeLessThanOrEqual(Math.max(budget, first));
      expect(chosen.length).toBe(sizes.length === 0 ? 0 : Math.max(1, chosen.length));
    }),
  );
});

it('gives each entry its best part before any gets a second', () => {
  const sizes = Array.from({ length: 3 }, () => ({ bare: 10, parts: [50, 50] }));
  expect(partsThatFit(sizes, 180)).toEqual([1, 1, 1]);
  expect(partsThatFit(sizes, 240)).toEqual([2, 1, 1]);
  expect(partsThatFit(sizes, 1_000)).toEqual([2, 2, 2]);
  expect(partsThatFit(sizes, 130)).toEqual([1, 1]);
});

it('cuts a long passage around what answers, and a short one not at all', () => {
  const answer = 'The bridge was paid for by the harbour board.';
  const text = `${'Nothing of note was said. '.repeat(60)}${answer}${' And so it went on.'.repeat(60)}`;
  const start = text.indexOf(answer);
  const { text: shown, cut } = excerptOf(text, [start, start + answer.length]);
  expect(cut).toBe(true);
  expect(shown).toContain(answer);
  expect(shown.length).toBeLessThan(910);
  expect(excerptOf(answer, [0, 3])).toEqual({ text: answer, cut: false });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), fc.nat(3_000), (long, at) => {
      const whole = excerptOf(long, [Math.min(at, long.length), long.length]).text;
      expect(whole.length).toBeLessThan(910);
      expect(whole).not.toMatch(/(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }),
  );
});

it('says how many hits did not fit', () => {
  const passage = {
    id: 1,
    text: 'word '.repeat(170),
    score: 1,
    start: 0,
    end: 850,
    page: null,
    heading: null,
  };
  const document = { title: 'T', url: null, source: null, author: null, publishedAt: null, language: 'en' };
  const hits = Array.from({ length: 30 }, (_, index) => ({
    score: 0.5,
    document: { ...document, id: String(index), tags: [], metadata: {} },
    passages: [{ ...passage, highlights: [], answer: null }],
    duplicates: [],
  }));
  const { shown, omitted } = shownHits(hits);
  expect(shown.length + omitted).toBe(30);
  expect(omitted).toBeGreaterThan(0);
  expect(JSON.stringify(shown).length).toBeLessThan(BUDGET * 1.2);
});

it('puts shorthands and a filter together', () => {
  expect(filterOf({})).toBeUndefined();
  expect(filterOf({ since: '2025-07-01' })).toEqual({ publishedAt: { gte: '2025-07-01' } });
  expect(
    filterOf({ filter: { language: 'en' }, sources: ['A', 'B'], tags: ['x', 'y'], until: '2025-07-31' }),
  ).toEqual({
    and: [
      { language: 'en' },
      { source: { in: ['A', 'B'] } },
      { tags: 'x' },
      { tags: 'y' },
      { publishedAt: { lte: '2025-07-31' } },
    ],
  });
});
