import { describe, expect, it } from 'vitest';
import { matchWords } from '../../src/search/highlight.js';
import { queryWords } from '../../src/search/query-words.js';

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
