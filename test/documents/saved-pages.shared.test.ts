import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeMarkup } from '../../src/documents/decode.js';
import { parseHtml } from '../../src/documents/parsers/html.js';
import { SHARED } from '../support/needs.js';

/** Saved pages with the text that a person took for their article, and the scorer of that benchmark. */
const pages = pathToFileURL(join(SHARED, 'data/pages/'));
const scorer = pathToFileURL(join(SHARED, 'tools/score-pages.mjs'));

type Gold = Record<string, { articleBody: string }>;
interface Scorer {
  scorePages(gold: Gold, extracted: Map<string, string>): { recall: number; f1OfMeans: number };
}

describe('the text of web pages', { tags: ['shared'] }, () => {
  it('is the article, nearly all of it and little else', async () => {
    const { scorePages } = (await import(scorer.href)) as Scorer;
    const gold = JSON.parse(readFileSync(new URL('gold.json', pages), 'utf8')) as Gold;
    const texts = Object.keys(gold).map((id): [string, string] => {
      const html = decodeMarkup(readFileSync(new URL(`html/${id}.html`, pages)));
      return [id, parseHtml(html).text];
    });
    const { recall, f1OfMeans } = scorePages(gold, new Map(texts));
    expect(f1OfMeans).toBeGreaterThanOrEqual(0.968);
    expect(recall).toBeGreaterThanOrEqual(0.975);
  });
});
