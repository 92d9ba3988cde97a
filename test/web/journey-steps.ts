import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RelatedAnswer, SearchAnswer } from '../../src/index.js';
import { call } from '../e2e/process.js';
import type { App } from '../support/app.js';
import { PAGE_QUERIES } from './page-queries.js';
import { flat, inState, isInView, opened } from './page-state.js';

const PDF = 'technology/cable-listens-for-whales.pdf';

/** One thing that a person does, from where the last one left the page. */
export interface Step {
  name: string;
  take(page: Page, server: App): Promise<void>;
}

const searchbox = (page: Page) => page.getByRole('searchbox');
const titles = (page: Page) => page.locator('li.hit .hit-title').allInnerTexts();
const search = async (server: App, request: object): Promise<SearchAnswer> =>
  (await call<SearchAnswer>(server, 'POST', '/v1/search', request)).body;
const titlesOf = ({ hits }: Pick<SearchAnswer, 'hits'>) => hits.map(({ document }) => document.title);

/** On a narrow page the filters are folded. */
async function unfold(page: Page): Promise<void> {
  const summary = page.locator('.facet-groups:not([open]) summary');
  if (await summary.isVisible()) await summary.click();
}

/** What a person does, one thing after the other. */
export const JOURNEY_STEPS: Step[] = [
  {
    name: 'begin',
    async take(page) {
      await page.goto('/');
      await inState(page, 'start');
      await page.locator('.examples a').first().waitFor();
    },
  },
  {
    name: 'type a question',
    async take(page, server) {
      await searchbox(page).pressSequentially(PAGE_QUERIES.question);
      await page.waitForURL((url) => url.searchParams.get('q') === PAGE_QUERIES.question);
      await inState(page, 'hits');
      expect(await titles(page)).toEqual(
        titlesOf(await search(server, { query: PAGE_QUERIES.question, prefix: true })),
      );
      expect(await page.locator('.hit .answer').count()).toBeGreaterThan(0);
    },
  },
  {
    name: 'search by meaning alone',
    async take(page, server) {
      await page.getByRole('radio', { name: 'Semantic' }).check();
      await page.waitForURL(/mode=semantic/);
      await inState(page, 'hits');
      expect(await titles(page)).toEqual(
        titlesOf(await search(server, { query: PAGE_QUERIES.question, mode: 'semantic' })),
      );
    },
  },
  {
    name: 'search by words alone',
    async take(page, server) {
      await page.getByRole('radio', { name: 'Keyword' }).check();
      await searchbox(page).fill('harbour');
      await searchbox(page).press('Enter');
      await page.waitForURL(
        (url) => url.searchParams.get('q') === 'harbour' && !url.searchParams.has('prefix'),
      );
      await inState(page, 'hits');
      expect(await titles(page)).toEqual(
        titlesOf(await search(server, { query: 'harbour', mode: 'keyword' })),
      );
    },
  },
  {
    name: 'sort by date',
    async take(page, server) {
      await unfold(page);
      await page.getByRole('link', { name: 'Newest' }).click();
      await page.waitForURL(/sort=newest/);
      await inState(page, 'hits');
      const answer = await search(server, { query: 'harbour', mode: 'keyword', sort: 'newest' });
      expect(await titles(page)).toEqual(titlesOf(answer));
      const dates = answer.hits.map(({ document }) => document.publishedAt).filter((date) => date !== null);
      const moments = dates.map((date) => Date.parse(date));
      expect(moments).toEqual(moments.toSorted((a, b) => b - a));
      expect(dates.length).toBeGreaterThan(1);
    },
  },
  {
    name: 'narrow to a source',
    async take(page, server) {
      await unfold(page);
      await page.locator('a.chip[data-focus="source:Marenholt Courier"]').click();
      await page.waitForURL((url) => url.searchParams.get('source') === 'Marenholt Courier');
      await page.locator('a.chip[aria-current="true"][data-focus="source:Marenholt Courier"]').waitFor();
      const filter = { source: 'Marenholt Courier' };
      const answer = await search(server, { query: 'harbour', mode: 'keyword', sort: 'newest', filter });
      expect(await titles(page)).toEqual(titlesOf(answer));
    },
  },
  {
    name: 'narrow to days',
    async take(page, server) {
      await unfold(page);
      await page.getByLabel('from').fill('2025-06-01');
      await page.getByLabel('from').dispatchEvent('change');
      await page.waitForURL(/from=2025-06-01/);
      await inState(page, 'hits');
      const filter = { source: 'Marenholt Courier', publishedAt: { gte: '2025-06-01' } };
      const answer = await search(server, { query: 'harbour', mode: 'keyword', sort: 'newest', filter });
      expect(await titles(page)).toEqual(titlesOf(answer));
      await page.goBack();
      await page.waitForURL((url) => !url.searchParams.has('from'));
      await inState(page, 'hits');
    },
  },
  {
    name: 'find nothing',
    async take(page) {
      await page.goto('/');
      await searchbox(page).fill(PAGE_QUERIES.unanswerable);
      await searchbox(page).press('Enter');
      await inState(page, 'no-match');
    },
  },
  {
    name: 'take the nearest instead',
    async take(page) {
      await page.getByRole('link', { name: 'nearest passages' }).click();
      await inState(page, 'hits');
    },
  },
  {
    name: 'go to the next page',
    async take(page) {
      const before = await titles(page);
      await page.getByRole('link', { name: 'Next →' }).click();
      await page.waitForURL(/page=2/);
      await inState(page, 'hits');
      expect((await titles(page)).filter((title) => before.includes(title))).toEqual([]);
    },
  },
  {
    name: 'open what answers',
    async take(page) {
      await searchbox(page).fill('whales heard on a cable');
      await searchbox(page).press('Enter');
      await page.locator(`li.hit[data-document="${PDF}"]`).waitFor();
      await page.locator(`li.hit[data-document="${PDF}"] .passage a`).nth(1).click();
      await opened(page);
      expect(await page.locator('#document mark').count()).toBeGreaterThan(0);
      expect(await page.locator('#document mark.answering').count()).toBe(1);
      expect(await page.locator('.strip a').count()).toBeGreaterThan(5);
    },
  },
  {
    name: 'go to the next place that answers',
    async take(page) {
      const before = await page.locator('#document mark').allInnerTexts();
      const way = page.getByRole('link', { name: /Next place|Place before/ }).first();
      await way.click();
      await expect.poll(() => page.locator('#document mark').allInnerTexts()).not.toEqual(before);
      await expect.poll(() => isInView(page, '#document mark')).toBe(true);
      expect(await page.locator('.strip a[data-current]').count()).toBe(1);
    },
  },
  {
    name: 'see the page as it was printed',
    async take(page) {
      await page.getByRole('link', { name: /^Show page \d+ as printed$/ }).click();
      const picture = page.locator('.sheet img');
      await picture.waitFor();
      await expect
        .poll(() => picture.evaluate((image) => Number(Reflect.get(image, 'naturalWidth'))))
        .toBeGreaterThan(800);
    },
  },
  {
    name: 'turn the page',
    async take(page) {
      const before = new URL(page.url()).searchParams.get('sheet');
      await page
        .getByRole('link', { name: /Next page|Page before/ })
        .first()
        .click();
      await page.waitForURL((url) => url.searchParams.get('sheet') !== before);
      await page.locator('.sheet img').waitFor();
    },
  },
  {
    name: 'see why a document is related',
    async take(page) {
      const reason = page.locator('#related .reason a').first();
      const quoted = (await reason.innerText()).replace(/^“| …”$|”$/g, '');
      await reason.click();
      await expect
        .poll(async () => flat((await page.locator('#document mark').allInnerTexts()).join('')))
        .toContain(flat(quoted));
    },
  },
  {
    name: 'read a related document',
    async take(page, server) {
      const { body } = await call<RelatedAnswer>(
        server,
        'GET',
        `/v1/documents/${encodeURIComponent(PDF)}/related?limit=8`,
      );
      const [first] = body.hits;
      expect(await page.locator('#related .related-list .hit-title').allInnerTexts()).toEqual(titlesOf(body));
      await page.locator('#related .related-list .hit-title').first().click();
      await page.getByRole('heading', { level: 1, name: first?.document.title ?? '', exact: true }).waitFor();
      await opened(page);
    },
  },
  {
    name: 'ask for more like it',
    async take(page, server) {
      const id = new URL(page.url()).searchParams.get('document') ?? '';
      await page.getByRole('link', { name: 'More like this', exact: true }).click();
      await inState(page, 'hits');
      const { body } = await call<RelatedAnswer>(
        server,
        'GET',
        `/v1/documents/${encodeURIComponent(id)}/related?limit=30`,
      );
      expect(await titles(page)).toEqual(titlesOf(body));
    },
  },
  {
    name: 'follow stories',
    async take(page) {
      await page.getByRole('link', { name: 'Stories', exact: true }).click();
      await page.locator('#view[data-state="stories"] .story').first().waitFor();
      expect(await page.locator('.story').count()).toBeGreaterThan(2);
    },
  },
  {
    name: 'read a document of a story',
    async take(page) {
      const link = page.locator('.story .timeline a').first();
      const title = await link.innerText();
      await link.click();
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await opened(page);
      expect(await page.locator('.story-beside li[aria-current="true"]').innerText()).toContain(title);
    },
  },
  {
    name: 'go back to the stories',
    async take(page) {
      await page.getByRole('link', { name: 'Back to the stories' }).click();
      await page.locator('#view[data-state="stories"] .story').first().waitFor();
      await page.goForward();
      await opened(page);
      await page.goBack();
      await page.locator('#view[data-state="stories"] .story').first().waitFor();
    },
  },
  {
    name: 'meet a document that is gone',
    async take(page) {
      await page.goto('/?document=nowhere.txt');
      await page.locator('#document[data-state="failure"]').waitFor();
    },
  },
];
