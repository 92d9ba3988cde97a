import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseText } from '../../src/documents/parsers/text.js';
import type { ParsedDocument } from '../../src/types.js';
import { SHARED } from '../support/needs.js';

describe('the seed page', { tags: ['shared'] }, () => {
  let documents: ParsedDocument[];
  beforeAll(() => {
    documents = parseText(readFileSync(join(SHARED, 'seed/000_90ccf52c4f4d3ea7.txt'), 'utf8'));
  });

  it('becomes four documents of The Star', () => {
    expect(documents.map(({ title, source, metadata }) => [title, source, metadata.age])).toEqual([
      ['China is spending billions to become an AI superpower', 'The Star', '12 hours ago'],
      ['Feature: Smile follows sweat -- Zimbabwe achieves record tobacco output', 'The Star', 'an hour ago'],
      ['Chinese business group urges fairness in EU tariff measures on EVs', 'The Star', 'an hour ago'],
      ['Asia shares struggle, dollar soars on lowered Fed rate cut bets', 'The Star', '3 hours ago'],
    ]);
  });

  it('gives each its own text, credit lines included', () => {
    const ends = documents.map(({ text }) => [text.slice(0, 24), text.slice(-24)]);
    expect(ends).toEqual([
      ['TAIPEI, Taiwan: When Ope', 'd in The New York Times.'],
      ['HARARE, July 16 (Xinhua)', 'of the tobacco," she said.'.slice(-24)],
      ['BRUSSELS, July 16 (Xinhu', 'automotive industry action plan.'.slice(-24)],
      ['TOKYO: Asian stock marke', ' previous session. - Reuters'.slice(-24)],
    ]);
    expect(documents[0]?.text).toContain("Big Mac of technology.' – ©2025 The New York Times Company");
  });

  it('names the three others as related to the first, and has no furniture in any', () => {
    expect(documents[0]?.metadata.related_links).toEqual(documents.slice(1).map(({ title }) => ({ title })));
    const all = documents.map(({ title, text }) => `${title} ${text}`).join(' ');
    for (const phrase of [
      'Orange background',
      'Daily8',
      'No comments',
      'Related Articles',
      'app-store',
      'hour ago',
      'hours ago',
      'logo',
    ]) {
      expect(all).not.toContain(phrase);
    }
  });
});
