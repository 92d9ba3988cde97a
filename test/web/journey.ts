import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RelatedAnswer, SearchAnswer } from '../../src/index.js';
import { call, ROOT } from '../e2e/process.js';
import { seriousViolations } from '../support/accessibility.js';
import { type App, useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';
import { sidewaysOverflow } from '../support/overflow.js';

/** Where the pictures of each view go, for people to look at. */
const SCREENSHOTS = process.env.AKIN_SCREENSHOTS ?? join(ROOT, 'test/screenshots');

const PDF = 'technology/cable-listens-for-whales.pdf';
const { questions, unanswerable } = JSON.parse(
  readFileSync(join(ROOT, 'test/e2e/expectations.json'), 'utf8'),
) as { questions: { query: string; documents: string[] }[]; unanswerable: string[] };
const QUESTION = questions.find(({ query }) => query.includes('running along the coast'))?.query ?? '';

/** One thing that a person does, from where the last one left the page. */
interface Step {
  name: string;
  take(page: Page, server: App): Promise<void>;
}

const searchbox = (page: Page) => page.getByRole('searchbox');
const results = (page: Page, state: string) =>
  page.locator(`#results[data-state="${state}"][aria-busy="false"]:visible`).waitFor();
const reading = async (page: Page): Promise<void> => {
  await page.locator('#document[data-state="document"]:visible').waitFor();
  await page.locator('#related :is(li, .quiet)').first().waitFor();
};
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
const STEPS: Step[] = [
  {
    name: 'begin',
    async take(page) {
      await page.goto('/');
      await results(page, 'start');
      await page.locator('.examples a').first().waitFor();
    },
  },
  {
    name: 'type a question',
    async take(page, server) {
      await searchbox(page).pressSequentially(QUESTION);
      await page.waitForURL((url) => url.searchParams.get('q') === QUESTION);
      await results(page, 'hits');
      expect(await titles(page)).toEqual(titlesOf(await search(server, { query: QUESTION, prefix: true })));
      expect(await page.locator('.hit .answer').count()).toBeGreaterThan(0);
    },
  },
  {
    name: 'search by meaning alone',
    async take(page, server) {
      await page.getByRole('radio', { name: 'Semantic' }).check();
      await page.waitForURL(/mode=semantic/);
      await results(page, 'hits');
      expect(await titles(page)).toEqual(
        titlesOf(await search(server, { query: QUESTION, mode: 'semantic' })),
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
      await results(page, 'hits');
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
      await results(page, 'hits');
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
      await results(page, 'hits');
      const filter = { source: 'Marenholt Courier', publishedAt: { gte: '2025-06-01' } };
      const answer = await search(server, { query: 'harbour', mode: 'keyword', sort: 'newest', filter });
      expect(await titles(page)).toEqual(titlesOf(answer));
      await page.goBack();
      await page.waitForURL((url) => !url.searchParams.has('from'));
      await results(page, 'hits');
    },
  },
  {
    name: 'find nothing',
    async take(page) {
      await page.goto('/');
      await searchbox(page).fill(unanswerable[0] ?? '');
      await searchbox(page).press('Enter');
      await results(page, 'no-match');
    },
  },
  {
    name: 'take the nearest instead',
    async take(page) {
      await page.getByRole('link', { name: 'nearest passages' }).click();
      await results(page, 'hits');
    },
  },
  {
    name: 'go to the next page',
    async take(page) {
      const before = await titles(page);
      await page.getByRole('link', { name: 'Next →' }).click();
      await page.waitForURL(/page=2/);
      await results(page, 'hits');
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
      await reading(page);
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
      await expect.poll(() => inView(page, '#document mark')).toBe(true);
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
      await reading(page);
    },
  },
  {
    name: 'ask for more like it',
    async take(page, server) {
      const id = new URL(page.url()).searchParams.get('document') ?? '';
      await page.getByRole('link', { name: 'More like this', exact: true }).click();
      await results(page, 'hits');
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
      await reading(page);
      expect(await page.locator('.story-beside li[aria-current="true"]').innerText()).toContain(title);
    },
  },
  {
    name: 'go back to the stories',
    async take(page) {
      await page.getByRole('link', { name: 'Back to the stories' }).click();
      await page.locator('#view[data-state="stories"] .story').first().waitFor();
      await page.goForward();
      await reading(page);
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

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

/** Goes through the page as a person does, and looks at every step whether it can be read and used. */
export function describeJourney(looks: [keyof typeof SIZES, 'light' | 'dark'][]): void {
  describe('a person on the page', { tags: ['browser'] }, () => {
    const server = useApp({ own: { corpus: true } });
    let browser: Browser;
    beforeAll(async () => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      browser = await startBrowser();
    });
    afterAll(() => browser?.close());

    it.each(looks)('does what people do, %s and %s, with nothing in the way', async (size, colorScheme) => {
      const viewport = SIZES[size];
      const { page, complaints } = await openPage(browser, {
        baseURL: server.address,
        viewport,
        colorScheme,
      });
      for (const [position, { name, take }] of STEPS.entries()) {
        try {
          await take(page, server);
        } catch (error) {
          throw new Error(`${name}: ${error}`, { cause: error });
        }
        const number = String(position + 1).padStart(2, '0');
        const path = join(SCREENSHOTS, `${number}-${name.replaceAll(' ', '-')}-${size}-${colorScheme}.png`);
        await page.screenshot({ path });
        expect(await seriousViolations(page), `${name}: accessibility`).toEqual([]);
        expect(await sidewaysOverflow(page), `${name}: overflow`).toEqual([]);
      }
      // The browser itself logs each answer that is a 404.
      expect(complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))).toEqual([]);
    });
  });
}

/** Whether the top of the first such element is in the window. */
async function inView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox();
  return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0);
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
