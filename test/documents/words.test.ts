import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepsBeginnings, STEMMED_LANGUAGES, stemmingOf } from '../../src/documents/stem.js';
import { stemmedTerm, termOf, termsOf } from '../../src/documents/terms.js';
import { wordsOf } from '../../src/documents/words.js';
import { matchWords } from '../../src/search/highlight.js';
import { queryWords } from '../../src/search/query-words.js';
import { soughtIn } from '../support/vocabulary.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyLanguage = fc.constantFrom(...STEMMED_LANGUAGES, 'pl', 'zh', 'en-GB', null);

describe('wordsOf', () => {
  const words = (text: string): string[] => wordsOf(text).map(({ folded }) => folded);

  it('parts scripts that put no space between words', () => {
    expect(words('東京都に住む')).toEqual(['東京', '都', 'に', '住む']);
    expect(words('北京大学的学生')).toEqual(['北京', '大学', '的', '学生']);
    expect(words('ประเทศไทยมีทะเล')).toEqual(['ประเทศไทย', 'มี', 'ทะเล']);
    expect(words('Akin 3は東京')).toEqual(['akin', '3', 'は', '東京']);
  });

  it('takes accents off, but no mark that makes a letter another one', () => {
    expect(words('Éléphant ÉTÉ Ёлка ΆΝΟΙΞΗ')).toEqual(['elephant', 'ete', 'елка', 'ανοιξη']);
    expect(words('май ガス हिन्दी')).toEqual(['май', 'ガス', 'हिन्दी']);
  });

  it('finds runs of letters, digits and marks, whether they are ASCII or not', () => {
    const unit = fc.constantFrom(...'abZ09 .,-_\n', 'é', 'ß', 'е', '😀', '\u0301', '–', '½', 'Ⅷ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const places = Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), ({ 0: run, index }) => ({
          start: index,
          end: index + run.length,
        }));
        expect(wordsOf(text).map(({ start, end }) => ({ start, end }))).toEqual(places);
      }),
    );
  });

  it('gives places in order, each with letters, digits or marks alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { start, end, folded } of wordsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
          expect(folded).not.toBe('');
          last = end;
        }
      }),
    );
  });
});

describe('terms', () => {
  it.each([
    ['en', 'planned', 'planning'],
    ['de', 'Häuser', 'Haus'],
    ['de-AT', 'beschlossene', 'beschlossen'],
    ['fr', 'générales', 'général'],
    ['es', 'administraciones', 'administración'],
    ['it', 'nazionali', 'nazionale'],
    ['ru', 'мостами', 'моста'],
    ['nb', 'fergene', 'ferge'],
    ['tr', 'evler', 'ev'],
    [null, 'ferries', 'ferry'],
  ])('in %s are the same for %s and %s', (language, one, other) => {
    expect(termOf(one, language)).toBe(termOf(other, language));
  });

  it('are whole words where a language has no stemmer', () => {
    expect(termOf('planned', 'pl')).toBe('planned');
    expect(termOf('Żółte', 'pl')).toBe('zołte');
  });

  it('are each one token for the keyword index, whatever the word and the language', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, language) => {
        for (const { term } of termsOf(text, language)) expect(term).toMatch(/^[^\0-/:-@[-`{-\x7f]+$/);
      }),
    );
  });

  it('do not depend on case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäéñøа-яα-ω]{1,14}$/), anyLanguage, (word, language) => {
        expect(termOf(word.toUpperCase().toLowerCase(), language)).toBe(termOf(word.toUpperCase(), language));
      }),
    );
  });
});

describe('queryWords', () => {
  const words = (query: string): string[] => queryWords(query).map(({ folded }) => folded);

  it('leaves out words that tell nothing, unless there is nothing else', () => {
    expect(words('Who pays for the tidal plant?')).toEqual(['pays', 'tidal', 'plant']);
    expect(words('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
    expect(words('?! — …')).toEqual([]);
  });

  it('leaves in what tells nothing in another language alone', () => {
    expect(words('die in the war')).toEqual(['die', 'war']);
  });
});

describe('stems', () => {
  it('keep the beginnings of words wherever words are told apart by them', () => {
    const letters = 'aeiouybcdghklmnrstvwxzäéğıñöşüáçа\u0301';
    const word = fc
      .tuple(
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
        fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 }),
      )
      .map(([first, rest]) => first + rest);
    const stemmings = [...STEMMED_LANGUAGES, 'pl'].map(stemmingOf).filter(keepsBeginnings);
    fc.assert(
      fc.property(word, fc.constantFrom(...stemmings), (written, stemming) => {
        expect(stemmedTerm(written, stemming).charAt(0)).toBe(written.charAt(0).toLowerCase());
      }),
      { numRuns: 1_000 },
    );
  });

  it('tell nothing by their beginnings in Irish and Turkish', () => {
    expect(keepsBeginnings('irish')).toBe(false);
    expect(stemmedTerm('mBan', 'irish').charAt(0)).toBe('b');
    expect(keepsBeginnings('turkish')).toBe(false);
  });
});

describe('matchWords', () => {
  const marked = (text: string, query: string, language: string | null = null): string[] =>
    matchWords(text, soughtIn(language, query), language).ranges.map(([start, end]) =>
      text.slice(start, end),
    );

  it('marks words in the form they have, and neighbours as one', () => {
    expect(marked('Tidal plants were planned. The plant was paid.', 'paying for a tidal plant')).toEqual([
      'Tidal plants',
      'plant',
    ]);
    expect(marked('Café über dem Fluß', 'cafe uber')).toEqual(['Café über']);
    expect(marked('Die Brücken und das Haus', 'Brücke Häuser', 'de')).toEqual(['Brücken', 'Haus']);
    expect(marked('東京都に住む', '東京 都')).toEqual(['東京都']);
  });

  it('marks what is in the text, each place once and in order', () => {
    fc.assert(
      fc.property(anyText, anyText, anyLanguage, (text, query, language) => {
        const { ranges, coverage } = matchWords(text, soughtIn(language, query), language);
        expect(ranges.flat()).toEqual(ranges.flat().toSorted((a, b) => a - b));
        expect(ranges.flat().every((offset) => offset >= 0 && offset <= text.length)).toBe(true);
        expect(coverage > 0).toBe(ranges.length > 0);
      }),
    );
  });

  it('marks any word of a text that is asked for, in every language', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, language) => {
        for (const { start, end } of wordsOf(text)) {
          const { ranges } = matchWords(text, soughtIn(language, text.slice(start, end)), language);
          expect(ranges.some(([from, to]) => from <= start && end <= to)).toBe(true);
        }
      }),
    );
  });

  it('tells which part of the words is there', () => {
    expect(matchWords('A tidal wave.', soughtIn('en', 'tidal plant'), 'en').coverage).toBe(0.5);
    expect(matchWords('A tidal wave.', [], 'en').coverage).toBe(0);
  });
});
