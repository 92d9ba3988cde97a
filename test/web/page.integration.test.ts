import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/index.js';
import { call, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';
import { sidewaysOverflow } from '../support/overflow.js';

const { questions, unanswerable } = JSON.parse(
  readFileSync(join(ROOT, 'test/e2e/expectations.json'), 'utf8'),
) as {
  questions: { query: string; documents: string[]; answer: string }[];
  unanswerable: string[];
};
const QUESTION = questions.find(({ query }) => query.includes('running along the coast'));
const UNANSWERABLE = unanswerable[0];
if (!QUESTION || !UNANSWERABLE) throw new Error('expectations.json is another one than this test is about');
const [EXPECTED = ''] = QUESTION.documents;

/** Texts that would do harm if the page took them for markup, and a word that does not fit a line. */
const HOSTILE = {
  id: 'markup/<b>"hostile"&amp;.txt',
  title: '<img src=x onerror=alert(1)>',
  source: '<svg onload=alert(2)>',
  author: '"><script>alert(3)</script>',
  tags: ['<i>tag</i>'],
  url: 'javascript:alert(4)',
  text: 'Zyzzogeton leafhoppers <script>alert(5)</script> ate the <b>quince</b> leaves &amp; <img src=x onerror="alert(6)">.',
};
/** Right-to-left overrides that nothing ends, and a title of right-to-left text. */
const TURNED = {
  id: 'turned',
  title: 'Kumquat \u202Egnorw',
  author: '\u202Erohtua',
  source: '\u2067Press',
  text: 'Kumquats ripen late \u202Eesrever ni nettirw si siht.',
};
const ENDLESS = {
  id: 'endless',
  title: 'Quokka'.repeat(60),
  source: 'S'.repeat(120),
  text: `quokkas ${'mm'.repeat(400)}`,
};

describe('the page', { tags: ['browser'] }, () => {
  const server = useApp({ own: { corpus: true } });
  let browser: Browser;

  beforeAll(async () => {
    expect((await call(server, 'POST', '/v1/documents', [HOSTILE, TURNED, ENDLESS])).status).toBe(201);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  const WIDE = { width: 1280, height: 800 };
  const NARROW = { width: 390, height: 844 };

  /** Runs a test on a page of its own, on which nothing may go wrong. */
  const onPage =
    (use: (page: Page) => Promise<void>, viewport = WIDE) =>
    async () => {
      const { page, complaints } = await openPage(browser, { baseURL: server.address, viewport });
      await page.goto('/');
      await use(page);
      expect(complaints).toEqual([]);
    };

  const search = async (request: object): Promise<SearchAnswer> =>
    (await call<SearchAnswer>(server, 'POST', '/v1/search', request)).body;

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
      await page.getByRole('searchbox').pressSequentially(QUESTION.query);
      await shows(page, QUESTION.query, 'hits');
      expect((await documentsOf(page)).slice(0, 3)).toContain(EXPECTED);
      const hit = page.locator(`li.hit[data-document="${EXPECTED}"]`);
      const { hits } = await search({ query: QUESTION.query });
      const answered = hits.find(({ document }) => document.id === EXPECTED);
      expect(await textOf(hit.locator('.hit-title'))).toBe(answered?.document.title);
      const marks = flat((await hit.locator('.passage mark').allInnerTexts()).join(' '));
      expect(marks).not.toBe('');
      expect(flat(answered?.passages.map(({ text }) => text).join(' ') ?? '')).toContain(
        flat(await textOf(hit.locator('.passage mark').first())),
      );
      expect(await textOf(page.locator('#status'))).toMatch(/^\d+ documents? in [\d.]+ ms$/);
      expect(await page.title()).toBe(`${QUESTION.query} – Akin`);
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
    'opens a document at the passage that answers, with related ones beside it',
    onPage(async (page) => {
      const { hits } = await search({ query: QUESTION.query });
      const answered = hits.find(({ document }) => document.id === EXPECTED);
      await ask(page, QUESTION.query);
      await page.locator(`li.hit[data-document="${EXPECTED}"] .hit-title`).click();
      await page.locator('#document[data-state="document"]').waitFor();
      expect(await textOf(page.locator('#document h1'))).toBe(answered?.document.title);
      const marked = (await page.locator('#document mark').allInnerTexts()).join(' ');
      expect(flat(marked)).toBe(flat(answered?.passages[0]?.text ?? ''));
      await expect.poll(() => isInView(page, '#document mark')).toBe(true);

      const { body } = await call<SearchAnswer>(
        server,
        'GET',
        `/v1/documents/${encodeURIComponent(EXPECTED)}/related?limit=8`,
      );
      await page.locator('#related li').first().waitFor();
      expect(await page.locator('#related .hit-title').allInnerTexts()).toEqual(
        body.hits.map(({ document }) => document.title),
      );
    }),
  );

  it(
    'follows a related document, and comes back by Back, reload and its own link',
    onPage(async (page) => {
      await ask(page, QUESTION.query);
      const ids = await documentsOf(page);
      await page.locator(`li.hit[data-document="${EXPECTED}"] .hit-title`).click();
      const first = await opened(page);
      const related = page.locator('#related li .hit-title').first();
      const next = await textOf(related);
      await related.click();
      await page.getByRole('heading', { level: 1, name: next, exact: true }).waitFor();
      expect(await page.locator('#related .hit-title').allInnerTexts()).not.toContain(next);

      await page.reload();
      expect(await opened(page)).toBe(next);
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: first, exact: true }).waitFor();
      await page.goForward();
      await page.getByRole('heading', { level: 1, name: next, exact: true }).waitFor();
      await page.locator('#document .back a').click();
      await shows(page, QUESTION.query, 'hits');
      expect(await documentsOf(page)).toEqual(ids);
      await page.reload();
      await shows(page, QUESTION.query, 'hits');
      expect(await documentsOf(page)).toEqual(ids);
      await page.goBack();
      await inState(page, 'start');
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
    }),
  );

  it(
    'goes through hits, into a document and back by the keyboard alone',
    onPage(async (page) => {
      await page.locator('#main').focus();
      await page.keyboard.press('/');
      await page.keyboard.type(QUESTION.query);
      await shows(page, QUESTION.query, 'hits');
      const [, second = ''] = await page.locator('.hit-title').allInnerTexts();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await opened(page)).toBe(second);
      await page.keyboard.press('Escape');
      await shows(page, QUESTION.query, 'hits');
      expect(await textOf(page.locator('.hit-title:focus'))).toBe(second);
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

  it(
    'shows markup in documents and queries as the text that it is',
    onPage(async (page) => {
      const query = '<img src=x onerror=alert(7)> zyzzogeton quince';
      await ask(page, query);
      const hit = page.locator('li.hit').first();
      expect(await textOf(hit.locator('.hit-title'))).toBe(HOSTILE.title);
      expect(await textOf(hit)).toContain('<script>alert(5)</script>');
      expect(await textOf(hit)).toContain(HOSTILE.source);
      expect(await page.locator('#results a.chip').allInnerTexts()).toContainEqual(
        expect.stringContaining(HOSTILE.source),
      );
      await hit.locator('.hit-title').click();
      expect(await opened(page)).toBe(HOSTILE.title);
      expect(flat(await textOf(page.locator('#document .text')))).toBe(HOSTILE.text);
      expect(await textOf(page.locator('#document .byline'))).toBe(`By ${HOSTILE.author}`);
      expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
      expect(await page.locator('main :is(script, img, b, i, svg)').count()).toBe(0);
      await page.reload();
      expect(await opened(page)).toBe(HOSTILE.title);
      await page.goto(`/?q=${encodeURIComponent(query)}&source=${encodeURIComponent('<b>none</b>')}`);
      await shows(page, query, 'no-match');
      expect(await page.locator('main :is(script, img, b, i, svg)').count()).toBe(0);
    }),
  );

  it(
    'keeps direction marks in titles and texts to themselves',
    onPage(async (page) => {
      await ask(page, 'kumquats');
      const hit = page.locator('li.hit[data-document="turned"]');
      expect(await textOf(hit.locator('.hit-title'))).toBe(TURNED.title);
      // Read from left to right: where a mark reached beyond its own text, the score and the day would change places.
      const [source, score] = [hit.locator('.fact').first(), hit.locator('.score')];
      const [first, last] = [await source.boundingBox(), await score.boundingBox()];
      expect((first?.x ?? 0) < (last?.x ?? 0)).toBe(true);
      const [bar, label] = [await hit.locator('.score-bar').boundingBox(), await score.boundingBox()];
      expect((bar?.x ?? 0) <= (label?.x ?? 0) + 1).toBe(true);
      await hit.locator('.hit-title').click();
      expect(await opened(page)).toBe(TURNED.title);
      expect(flat(await textOf(page.locator('#document .text')))).toBe(TURNED.text);
    }),
  );

  it('has words for a document that is not there', async () => {
    const { page, complaints } = await openPage(browser, { baseURL: server.address, viewport: WIDE });
    await page.goto('/?document=nowhere.txt');
    await page.locator('#document[data-state="failure"]').waitFor();
    expect(await textOf(page.locator('#document h1'))).not.toBe('');
    expect(await textOf(page.locator('#document'))).not.toMatch(/undefined|\[object|DOCUMENT_NOT_FOUND/);
    // The browser itself logs each answer that is a 404.
    expect(complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))).toEqual([]);
  });

  it.each([
    ['wide', WIDE],
    ['narrow', NARROW],
  ])('never scrolls sideways on a %s screen', (_name, viewport) =>
    onPage(async (page) => {
      const look = async (view: string): Promise<void> => {
        expect(await sidewaysOverflow(page), view).toEqual([]);
      };
      await inState(page, 'start');
      await look('start');
      await ask(page, QUESTION.query);
      await look('hits');
      await page.locator(`li.hit[data-document="${EXPECTED}"] .hit-title`).click();
      await opened(page);
      await look('document');
      await ask(page, 'harbour');
      await look('filters');
      await ask(page, UNANSWERABLE, 'no-match');
      await look('no-match');
      await ask(page, 'quokkas', 'hits');
      await look('endless-hit');
      await page.locator('li.hit .hit-title').first().click();
      await opened(page);
      await look('endless-document');
    }, viewport)());
});

/** Waits until the results are in a state. */
async function inState(page: Page, state: 'start' | 'hits' | 'no-match'): Promise<void> {
  await page.locator(`#results[data-state="${state}"][aria-busy="false"]:visible`).waitFor();
}

/** Waits until the results are those of a query, and not of what was typed of it before. */
async function shows(page: Page, query: string, state: 'hits' | 'no-match'): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get('q') === query && !url.searchParams.has('document'));
  await inState(page, state);
  expect(await page.getByRole('searchbox').inputValue()).toBe(query);
}

async function ask(page: Page, query: string, state: 'hits' | 'no-match' = 'hits'): Promise<void> {
  await page.getByRole('searchbox').fill(query);
  await page.getByRole('searchbox').press('Enter');
  await shows(page, query, state);
}

/** Waits until a document is open with its related ones; gives its heading. */
async function opened(page: Page): Promise<string> {
  await page.locator('#document[data-state="document"]:visible').waitFor();
  await page.locator('#related :is(li, .quiet)').first().waitFor();
  return textOf(page.locator('#document h1'));
}

function documentsOf(page: Page): Promise<(string | null)[]> {
  return page.locator('li.hit').evaluateAll((hits) => hits.map((hit) => hit.getAttribute('data-document')));
}

/** Whether the top of the first such element is in the window. */
async function isInView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox();
  return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0);
}

/** The text of the one element, as it is seen. */
async function textOf(locator: Locator): Promise<string> {
  await locator.waitFor();
  return (await locator.allInnerTexts()).join('');
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
