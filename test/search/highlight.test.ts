import { describe, expect, it } from 'vitest';
import { matchWords } from '../../src/search/highlight.js';
import type { SoughtWord } from '../../src/search/sought-words.js';

const FERRY: SoughtWord = { folded: 'ferry', terms: [{ term: 'ferri', stemming: 'english' }] };
const STORM: SoughtWord = { folded: 'storm', terms: [{ term: 'storm', stemming: 'english' }] };
const GHOST: SoughtWord = { folded: 'ghost', terms: [] };

describe('matchWords', () => {
  it.each([
    // What is in brackets is a range.
    { text: '[Ferries] in a [storm], and a [ferry].', words: [FERRY, STORM], coverage: 1 },
    { text: '[Ferries] and [ferry]', words: [FERRY, STORM], coverage: 0.5 },
    { text: '[Ferry]', words: [FERRY, STORM, GHOST, GHOST], coverage: 0.25 },
    { text: 'Nothing', words: [FERRY], coverage: 0 },
    { text: 'Ferry', words: [], coverage: 0 },
    { text: '', words: [FERRY], coverage: 0 },
    // A space or a hyphen joins two, nothing else does.
    { text: '[storm ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm-ferry-storm]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm\u2010ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm]  [ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm]/[ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm]\n[ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[storm] a [ferry]', words: [FERRY, STORM], coverage: 1 },
    { text: '[ferry], a [storm ferry]', words: [FERRY, STORM], coverage: 1 },
  ])('finds $text with a coverage of $coverage', ({ text, words, coverage }) => {
    const ranges: [number, number][] = [];
    let plain = '';
    for (const part of text.split(/(?=\[)|(?<=\])/)) {
      const own = part.replace(/[[\]]/g, '');
      if (own !== part) ranges.push([plain.length, plain.length + own.length]);
      plain += own;
    }
    expect(matchWords(plain, words, 'en')).toEqual({ coverage, ranges });
  });

  it('finds no word of another language', () => {
    expect(matchWords('Storm', [STORM], 'de')).toEqual({ coverage: 0, ranges: [] });
    expect(matchWords('Storm', [STORM], null)).toEqual({ coverage: 1, ranges: [[0, 5]] });
  });

  it('joins words without a space between where the script has none', () => {
    const tokyo: SoughtWord = { folded: '東京', terms: [{ term: '東京', stemming: 'none' }] };
    expect(matchWords('東京東京', [tokyo], 'ja').ranges).toEqual([[0, 4]]);
  });
});
