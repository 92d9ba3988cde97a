import { expect, it } from 'vitest';
import { shareWindow, splitIntoPassages } from '../../src/documents/split.js';

const budget = shareWindow(64);

it('splits 20 MB without a line break', () => {
  const LENGTH = 20_000_000;
  const passages = splitIntoPassages({
    text: 'x'.repeat(LENGTH),
    headings: [],
    pages: [],
    countTokens: () => 1,
    budget,
  });
  expect(passages.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(LENGTH);
});

it('parts a paragraph of 10 MB at the ends of its sentences', () => {
  const sentence = 'The council met about the weir and sent the report back to the harbour office.';
  const passages = splitIntoPassages({
    text: `${sentence} `.repeat(125_000),
    headings: [],
    pages: [],
    // One passage for each sentence.
    countTokens: () => budget.target,
    budget,
  });
  expect(passages).toHaveLength(125_000);
  expect(new Set(passages.map(({ text }) => text))).toEqual(new Set([sentence]));
});
