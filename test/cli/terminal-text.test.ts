import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passageText } from '../../src/cli/passage-text.js';
import { duration } from '../../src/cli/progress.js';
import { chooseColours, fitted, hasColours, widthOf, wrap } from '../../src/cli/terminal.js';
import { harmless, harmlessLines, hitText } from '../../src/cli/text.js';
import type { HitPassage } from '../../src/search/answer.js';
import { anyCharacter } from '../support/any-character.js';

it('lets nothing from a document through that steers a terminal', () => {
  expect(harmless('a\x1b[31mred\x07\u202Egnp')).toBe('a [31mred  gnp');
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(harmless(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(harmless(text).length).toBe(text.length);
      const lines = harmlessLines(text);
      expect(lines.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(lines.split('\n').length).toBe(text.split('\n').length);
    }),
  );
});

it('wraps without losing a word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[!-~À-ÿ一-龠]{1,30}$/), { minLength: 1 }), (words) => {
      expect(wrap(words.join(' ')).join(' ').split(' ')).toEqual(words.map((word) => word.normalize()));
    }),
  );
});

it('fits a text into columns, also one of wide letters', () => {
  expect(fitted('harbour', 10)).toBe('harbour   ');
  expect(fitted('harbour board', 8)).toBe('harbour…');
  expect(widthOf(fitted('港口委员会今天开会', 7))).toBe(7);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      expect(widthOf(fitted(harmless(text), columns))).toBe(columns);
    }),
  );
});

describe('colours', () => {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const found = (environment: Record<string, string>): boolean => {
    Object.assign(process.env, environment);
    const answer = hasColours();
    for (const name of Object.keys(environment)) delete process.env[name];
    return answer;
  };
  beforeEach(() => {
    delete process.env.NO_COLOR;
    delete process.env.FORCE_COLOR;
  });
  afterEach(() => {
    chooseColours('auto');
    if (NO_COLOR !== undefined) process.env.NO_COLOR = NO_COLOR;
    if (FORCE_COLOR !== undefined) process.env.FORCE_COLOR = FORCE_COLOR;
  });

  it('are as the option says, else as the environment does', () => {
    expect(found({ FORCE_COLOR: '1' })).toBe(true);
    expect(found({ FORCE_COLOR: '0' })).toBe(false);
    expect(found({ NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    chooseColours('always');
    expect(found({ NO_COLOR: '1' })).toBe(true);
    chooseColours('never');
    expect(found({ FORCE_COLOR: '1' })).toBe(false);
  });

  it('mark and take nothing away', () => {
    const marked: Pick<HitPassage, 'text' | 'highlights' | 'answer'> = {
      text: 'The ferry pays. The board does not.',
      highlights: [[4, 9]],
      answer: [0, 15],
    };
    chooseColours('never');
    expect(passageText(marked)).toBe(marked.text);
    chooseColours('always');
    const shown = passageText(marked);
    expect(stripVTControlCharacters(shown)).toBe(marked.text);
    expect(shown).toContain('\x1b[4m\x1b[1mferry\x1b[22m\x1b[24m');
  });
});

it('writes durations as people read them', () => {
  expect([2.25, 42.4, 75, 3_700].map(duration)).toEqual(['2.3s', '42s', '1m 15s', '1h 1m']);
});

it('shows of a long passage the sentence that answers', () => {
  const before = 'Nothing of note was said about it. '.repeat(20);
  const sentence = 'The gang demands 3.5 million crowns.';
  const text = `${before}${sentence} ${before}`;
  const passage = { id: 1, text, score: 1, start: 0, end: text.length, page: null, heading: null };
  const hit = (answer: [number, number] | null): string =>
    hitText(
      {
        score: 1,
        document: {
          id: 'd',
          title: 'T',
          url: null,
          source: null,
          author: null,
          publishedAt: null,
          language: 'en',
          tags: [],
          metadata: {},
        },
        passages: [{ ...passage, highlights: [[0, 7]], answer }],
        duplicates: [],
      },
      1,
    ).replace(/\s+/g, ' ');
  expect(hit([before.length, before.length + sentence.length])).toContain(sentence);
  expect(hit(null)).not.toContain(sentence);
});
