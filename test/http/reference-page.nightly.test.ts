import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';

const server = useApp({ corpus: true });

describe('/docs', { tags: ['browser'] }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it('sends examples to this server and to nobody else, with the key that is typed in', async () => {
    const { page, complaints } = await openPage(browser, { baseURL: server.address });
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/v1/')) keys.push(request.headers().authorization);
    });
    await page.goto('/docs');
    await page.click('.btn.authorize');
    await page.fill('.auth-container input', 'akin_key');
    await page.click('.auth-container button[type=submit]');
    await page.click('.auth-container .btn-done');
    const run = async (operation: string): Promise<string> => {
      const block = page.locator(`#operations-${operation}`);
      await block.locator('.opblock-summary-control').click();
      await block.locator('.execute').click();
      const answer = block.locator('.live-responses-table');
      expect(await answer.locator('tbody .response-col_status').first().textContent()).toContain('200');
      return (await answer.textContent()) ?? '';
    };
    expect(await run('Search-search')).toContain('energy/tidal-gate');
    expect(await run('Search-searchByAddress')).toContain('"facets"');
    expect(await run('Documents-getDocument')).toContain('Aske Tidal Gate delivers its first electricity');
    expect(keys).toEqual(Array(3).fill('Bearer akin_key'));
    expect(complaints).toEqual([]);
  });
});
