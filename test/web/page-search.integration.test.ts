import { describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { PAGE_QUERIES } from './page-queries.js';
import { ask, documentsOf, flat, inState, shows, textOf } from './page-state.js';
import { usePage } from './use-page.js';

const { question: QUESTION, answering: EXPECTED, unanswerable: UNANSWERABLE } = PAGE_QUERIES;

describe('the page', { tags: ['browser'] }, () => {
  const { server, onPage, search } = usePage();

  it(
    'says what it is and how much it has read',
    onPage(async (page) => {
      await inState(page, 'start');
      const { body } = await call<{ documents: number }>(server, 'GET', '/v1/stats');
      expect(await textOf(page.locator('#results'))).toContain(`${body.documents} documents`);
      expect(await page.locator('.examples a').count()).toBeGreaterThan(0);
    }),
  );

  it(
    'shows what answers a question that is typed, with what answers marked',
    onPage(async (page) => {
      await page.getByRole('searchbox').pressSequentially(QUESTION);
      await shows(page, QUESTION, 'hits');
      expect((await documentsOf(page)).slice(0, 3)).toContain(EXPECTED);
      const hit = page.locator(`li.hit[data-document="${EXPECTED}"]`);
      const { hits } = await search({ query: QUESTION });
      const answered = hits.find(({ document }) => document.id === EXPECTED);
      expect(await textOf(hit.locator('.hit-title'))).toBe(answered?.document.title);
      const marks = flat((await hit.locator('.passage mark').allInnerTexts()).join(' '));
      expect(marks).not.toBe('');
      expect(flat(answered?.passages.map(({ text }) => text).join(' ') ?? '')).toContain(
        flat(await textOf(hit.locator('.passage mark').first())),
      );
      expect(await textOf(page.locator('#status'))).toMatch(/^\d+ documents? in [\d.]+ ms$/);
      expect(await page.title()).toBe(`${QUESTION} – Akin`);
    }),
  );

  it(
    'shows the same hits in the same order as the API',
    onPage(async (page) => {
      for (const mode of ['Keyword', 'Semantic', 'Hybrid']) {
        const query = 'harbour gang';
        await page.getByRole('searchbox').fill(query);
        await page.getByRole('radio', { name: mode }).check();
        await shows(page, query, 'hits');
        const { hits } = await search({ query, mode: mode.toLowerCase() });
        expect(await documentsOf(page)).toEqual(hits.map(({ document }) => document.id));
      }
    }),
  );

  it(
    'takes the last word for the beginning of one until it is entered',
    onPage(async (page) => {
      await page.getByRole('radio', { name: 'Keyword' }).check();
      await page.getByRole('searchbox').pressSequentially('fish');
      await shows(page, 'fish', 'hits');
      const expected = async (prefix: boolean): Promise<string[]> =>
        (await search({ query: 'fish', mode: 'keyword', prefix })).hits.map(({ document }) => document.id);
      const [begun, entered] = [await expected(true), await expected(false)];
      expect(begun).not.toEqual(entered);
      expect(await documentsOf(page)).toEqual(begun);
      await page.getByRole('searchbox').press('Enter');
      await page.waitForURL((url) => !url.searchParams.has('prefix'));
      await inState(page, 'hits');
      expect(await documentsOf(page)).toEqual(entered);
    }),
  );

  it(
    'narrows the hits by a filter and takes it back',
    onPage(async (page) => {
      const query = 'harbour';
      const { total, facets } = await search({ query, facets: ['source'] });
      const sources = Object.entries(facets?.source ?? {}).filter(([, count]) => count < total);
      const [source, count] = sources.sort((one, other) => other[1] - one[1])[0] ?? ['', 0];
      expect(count).toBeGreaterThan(0);
      await ask(page, query);
      const chip = page.locator(`#results a.chip[data-focus="source:${source}"]`);
      expect(await textOf(chip)).toMatch(new RegExp(`\\b${count}$`));
      await chip.click();
      await page.locator(`a.chip[aria-current="true"][data-focus="source:${source}"]`).waitFor();
      const narrowed = await search({ query, filter: { source } });
      expect(narrowed.total).toBe(count);
      expect(await documentsOf(page)).toEqual(narrowed.hits.map(({ document }) => document.id));
      await chip.click();
      await expect.poll(() => chip.getAttribute('aria-current')).toBeNull();
      expect(await textOf(page.locator('#status'))).toContain(`${total} documents`);
    }),
  );

  it(
    'says that nothing matches, and leads on',
    onPage(async (page) => {
      await ask(page, UNANSWERABLE, 'no-match');
      expect(await textOf(page.locator('#results'))).toContain(UNANSWERABLE);
      expect(await page.locator('li.hit').count()).toBe(0);
      await page.getByRole('link', { name: 'nearest passages' }).click();
      await inState(page, 'hits');
      expect(await page.locator('li.hit').count()).toBeGreaterThan(0);
      await page.getByRole('searchbox').fill('qwxzv');
      await page.getByRole('radio', { name: 'Keyword' }).check();
      await shows(page, 'qwxzv', 'no-match');
    }),
  );

  it(
    'asks nothing for an emptied box and finds nothing for punctuation',
    onPage(async (page) => {
      await ask(page, '?!', 'no-match');
      await page.getByRole('searchbox').fill('');
      await inState(page, 'start');
    }),
  );
});
