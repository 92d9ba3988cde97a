import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { SearchAnswer } from '../../src/index.js';
import { call } from '../e2e/process.js';
import { type App, useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };

interface UsedPage {
  server: App;
  /** Opens the page in a tab of its own; gives it with what went wrong on it so far. */
  open(viewport?: typeof WIDE): ReturnType<typeof openPage>;
  /** Makes a test that runs on a page of its own, on which nothing may go wrong. */
  onPage(use: (page: Page) => Promise<void>, viewport?: typeof WIDE): () => Promise<void>;
  /** The answer of the API to a search. */
  search(request: object): Promise<SearchAnswer>;
}

/** A server with the sample corpus, and a browser, for the tests of a `describe`. */
export function usePage(): UsedPage {
  const server = useApp({ corpus: true });
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  const open = (viewport = WIDE): ReturnType<typeof openPage> =>
    openPage(browser, { baseURL: server.address, viewport });

  const onPage =
    (use: (page: Page) => Promise<void>, viewport = WIDE) =>
    async () => {
      const { page, complaints } = await open(viewport);
      await page.goto('/');
      await use(page);
      expect(complaints).toEqual([]);
    };

  const search = async (request: object): Promise<SearchAnswer> =>
    (await call<SearchAnswer>(server, 'POST', '/v1/search', request)).body;

  return { server, open, onPage, search };
}
