import { describe, expect, it } from 'vitest';
import { areNearDuplicates, foldDuplicates, shinglesOf } from '../../src/search/duplicates.js';
import { matchWords } from '../../src/search/highlight.js';
import { queryWords } from '../../src/search/words.js';

describe('queryWords', () => {
  it('leaves out words that tell nothing, unless there is nothing else', () => {
    expect(queryWords('Who pays for the tidal plant?')).toEqual(['pays', 'tidal', 'plant']);
    expect(queryWords('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
    expect(queryWords('?! — …')).toEqual([]);
  });
});

describe('matchWords', () => {
  const marked = (text: string, query: string): string[] =>
    matchWords(text, queryWords(query)).ranges.map(([start, end]) => text.slice(start, end));

  it('marks words in the form they have, and neighbours as one', () => {
    expect(marked('Tidal plants were planned. The plant was paid.', 'paying for a tidal plant')).toEqual([
      'Tidal plants',
      'plant',
    ]);
    expect(marked('Café über dem Fluß', 'cafe uber')).toEqual(['Café über']);
  });

  it('tells which part of the words is there', () => {
    expect(matchWords('A tidal wave.', ['tidal', 'plant']).coverage).toBe(0.5);
    expect(matchWords('A tidal wave.', []).coverage).toBe(0);
  });
});

describe('near-duplicates', () => {
  const alike = (one: string, other: string): boolean =>
    areNearDuplicates(shinglesOf(one), shinglesOf(other));

  const story = `Ransomware halted the harbour on Monday. Twenty-seven ships lay at anchor while clerks wrote manifests by
    hand. The port authority said that no ransom would be paid, and that the cranes would turn again within days.`;

  it('are a story and its rewrite, not two stories of one subject', () => {
    expect(alike(story, `Hackers struck. ${story.replace('clerks', 'staff')}`)).toBe(true);
    expect(
      alike(story, 'The harbour opened again on Friday. Ships that lay at anchor were unloaded within days.'),
    ).toBe(false);
  });

  it('fold into the best-ranked of them', () => {
    const groups = foldDuplicates([5, 7, 6, 8], (one, better) => one === 6 && better === 5);
    expect(groups).toEqual([
      { document: 5, duplicates: [6] },
      { document: 7, duplicates: [] },
      { document: 8, duplicates: [] },
    ]);
  });
});
