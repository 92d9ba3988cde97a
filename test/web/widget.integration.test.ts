import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RelatedAnswer } from '../../src/index.js';
import { call, ROOT } from '../e2e/process.js';
import { type App, sharedIndex, startApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';

const EXAMPLE = readFileSync(join(ROOT, 'docs/examples/related.html'), 'utf8');
const OWN_ADDRESS = 'https://news.example/tidal-gate-opens';
const ferry = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp';
const DOCUMENTS = [
  { id: 'gate', title: 'Tidal gate opens', url: OWN_ADDRESS, text: `${ferry}. The gate was open.` },
  {
    id: 'ramp',
    title: '<img src=x onerror=alert(1)> Ramp & wave',
    url: 'https://news.example/ramp?a=1&b="2"',
    source: '<b>The Star</b>',
    publishedAt: '2025-07-16',
    text: 'A wave broke the ramp of the Sandholm ferry in the storm, and it turned back to the harbour.',
  },
  {
    id: 'script',
    title: 'Ferry sails again',
    url: 'javascript:alert(2)',
    text: 'The Sandholm ferry, which had turned back in the storm with a broken ramp, sails again on Monday.',
  },
];

/** A busy machine is no failure. */
const PATIENT = { timeout: 120_000 };

describe('the widget on a page of another site', { tags: ['browser'] }, () => {
  let site: Server;
  let siteAddress: string;
  let server: App;
  let browser: Browser;
  let key: string;
  let html = '';

  beforeAll(async () => {
    site = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader(
        'Content-Security-Policy',
        `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${server.address}; connect-src ${server.address}`,
      );
      response.end(html);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    siteAddress = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    server = await startApp(await sharedIndex(), { corsOrigins: siteAddress });
    expect((await call(server, 'POST', '/v1/documents', DOCUMENTS)).status).toBe(201);
    key = await server.makeKey({ scope: 'read' });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    site?.close();
  });

  /** The example page as its text tells to change it, with the element's attributes as given. */
  const pageWith = (attributes: string): string =>
    EXAMPLE.replaceAll('https://akin.example', server.address)
      .replace('<link rel="canonical"', '<link rel="icon" href="data:,"><link rel="canonical"')
      .replace(/<akin-related [^>]*>/, `<akin-related ${attributes}>`);

  /** Opens a page of the site; what it asks of the server, by path and status, and what went wrong on it. */
  const open = async (shown: string) => {
    html = shown;
    const { page, complaints } = await openPage(browser, { baseURL: siteAddress });
    const answers: string[] = [];
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      if (origin === server.address) answers.push(`${response.status()} ${pathname}`);
    });
    page.setDefaultTimeout(PATIENT.timeout);
    await page.goto('/');
    const wrong = () => complaints.filter((one) => !one.startsWith(`request: ${server.address}/`));
    return { page, answers, wrong };
  };

  const titlesOf = async (page: Page): Promise<string[]> => {
    await page.locator('.akin-related-title').first().waitFor();
    return page.locator('.akin-related-title').allTextContents();
  };

  it('shows what is related to the article that the page names, as text in its own type', async () => {
    const { page, wrong } = await open(pageWith(`key="${key}" document="gate" heading="Read on"`));
    const response = await fetch(`${server.address}/v1/documents/gate/related?limit=5`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    const { hits } = (await response.json()) as RelatedAnswer;
    expect(hits.length).toBe(2);
    expect(await titlesOf(page)).toEqual(hits.map(({ document }) => document.title));
    const hostile = page.getByText('<img src=x onerror=alert(1)> Ramp & wave');
    expect(await hostile.getAttribute('href')).toBe('https://news.example/ramp?a=1&b="2"');
    const facts = page.locator('.akin-related-entry', { has: hostile }).locator('.akin-related-facts');
    expect(await facts.textContent()).toBe('<b>The Star</b> · Jul 16, 2025');
    expect(await page.getByText('Ferry sails again').evaluate(({ tagName }) => tagName)).toBe('SPAN');
    expect(await page.locator('akin-related :is(img, b, script)').count()).toBe(0);
    expect(await page.locator('akin-related h2').textContent()).toBe('Read on');
    const font = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).fontFamily`);
    expect(await font('.akin-related-title')).toBe(await font('article p'));
    expect(wrong()).toEqual([]);
  });

  it('finds the article by the address that the page calls its own, or that it gives', async () => {
    for (const attributes of ['', ` url="${OWN_ADDRESS}/"`]) {
      const { page, wrong } = await open(pageWith(`key="${key}"${attributes}`));
      expect(await titlesOf(page)).toHaveLength(2);
      expect(await page.locator('akin-related h2').textContent()).toBe('Related articles');
      expect(wrong()).toEqual([]);
    }
  });

  it('follows its attributes, and shows as many as asked', async () => {
    const { page } = await open(pageWith(`key="${key}" document="gate"`));
    expect(await titlesOf(page)).toHaveLength(2);
    const set = (name: string, value: string) =>
      page
        .locator('akin-related')
        .evaluate((node, [n, v]) => node.setAttribute(n, v), [name, value] as const);
    await set('limit', '1');
    await expect.poll(() => page.locator('.akin-related-title').count(), PATIENT).toBe(1);
    await set('document', 'ramp');
    await expect.poll(() => titlesOf(page), PATIENT).not.toContain(DOCUMENTS[1]?.title);
  });

  it('is hidden, with one warning, where nothing is related, the key is wrong or nobody answers', async () => {
    for (const attributes of ['document="nowhere"', 'url="https://news.example/none"'])
      await staysHidden(`key="${key}" ${attributes}`);
    expect(await staysHidden('key="akin_wrong" document="gate"')).toContain('401');
    // Nothing listens on port 9, and the page's policy does not allow it either.
    expect(await staysHidden('server="http://127.0.0.1:9" document="gate"')).toContain('akin-related');
  });

  /** Gives the warnings of the console. */
  async function staysHidden(attributes: string): Promise<string> {
    const element = `<akin-related ${attributes}></akin-related>`;
    const { page, wrong } = await open(
      pageWith(attributes).replace('</akin-related>', `</akin-related>${element}`),
    );
    await expect.poll(() => page.locator('akin-related[hidden]').count(), PATIENT).toBe(2);
    expect(await page.locator('akin-related').first().isVisible()).toBe(false);
    const warnings = wrong().filter((one) => one.startsWith('console: akin-related'));
    expect(warnings.length).toBeLessThanOrEqual(1);
    return warnings.join();
  }

  it('asks again with the tag that it has, and is told that nothing has changed', async () => {
    const { page } = await open(pageWith(`key="${key}" document="gate"`));
    const shown = await titlesOf(page);
    // What the server sent, and not what the browser makes of it for the page.
    const session = await page.context().newCDPSession(page);
    const asked = new Map<string, string>();
    const statuses = new Map<string, number>();
    session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url));
    session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
      statuses.set(requestId, statusCode),
    );
    const sent = (): (number | undefined)[] =>
      [...asked].filter(([, url]) => url.includes('/related?')).map(([id]) => statuses.get(id));
    await session.send('Network.enable');
    await page.goto('/?again');
    expect(await titlesOf(page)).toEqual(shown);
    // The browser tells of both in any order, and of the answer perhaps after it is shown.
    await expect.poll(sent, PATIENT).toContain(304);
  });

  it('is refused to sites that the server does not name', async () => {
    const { status } = await fetch(`${server.address}/widget.js`, {
      headers: { Origin: 'https://evil.example' },
    });
    expect(status).toBe(403);
    const { headers } = await fetch(`${server.address}/widget.js`, { headers: { Origin: siteAddress } });
    expect(headers.get('access-control-allow-origin')).toBe(siteAddress);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('is small and imports nothing', () => {
    const built = readFileSync(join(ROOT, 'dist/web/widget.js'), 'utf8');
    expect(built.length).toBeLessThan(10_000);
    expect(built).not.toMatch(/^\s*import\s/m);
  });
});
