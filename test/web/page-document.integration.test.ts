import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/index.js';
import { call } from '../e2e/process.js';
import { sidewaysOverflow } from '../support/overflow.js';
import { PAGE_QUERIES } from './page-queries.js';
import { ask, documentsOf, flat, inState, isInView, opened, shows, textOf } from './page-state.js';
import { NARROW, usePage, WIDE } from './use-page.js';

const { question: QUESTION, answering: EXPECTED, unanswerable: UNANSWERABLE } = PAGE_QUERIES;

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
  const { server, open, onPage, search } = usePage();

  beforeAll(async () => {
    expect((await call(server, 'POST', '/v1/documents', [HOSTILE, TURNED, ENDLESS])).status).toBe(201);
  });

  it(
    'opens a document at the passage that answers, with related ones beside it',
    onPage(async (page) => {
      const { hits } = await search({ query: QUESTION });
      const answered = hits.find(({ document }) => document.id === EXPECTED);
      await ask(page, QUESTION);
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
      await ask(page, QUESTION);
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
      await shows(page, QUESTION, 'hits');
      expect(await documentsOf(page)).toEqual(ids);
      await page.reload();
      await shows(page, QUESTION, 'hits');
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
      await page.keyboard.type(QUESTION);
      await shows(page, QUESTION, 'hits');
      const [, second = ''] = await page.locator('.hit-title').allInnerTexts();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await opened(page)).toBe(second);
      await page.keyboard.press('Escape');
      await shows(page, QUESTION, 'hits');
      expect(await textOf(page.locator('.hit-title:focus'))).toBe(second);
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
    const { page, complaints } = await open();
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
      await ask(page, QUESTION);
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
