import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the results are in a state. */
export async function inState(page: Page, state: 'start' | 'hits' | 'no-match'): Promise<void> {
  await page.locator(`#results[data-state="${state}"][aria-busy="false"]:visible`).waitFor();
}

/** Waits until the results are those of a query, and not of what was typed of it before. */
export async function shows(page: Page, query: string, state: 'hits' | 'no-match'): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get('q') === query && !url.searchParams.has('document'));
  await inState(page, state);
  expect(await page.getByRole('searchbox').inputValue()).toBe(query);
}

export async function ask(page: Page, query: string, state: 'hits' | 'no-match' = 'hits'): Promise<void> {
  await page.getByRole('searchbox').fill(query);
  await page.getByRole('searchbox').press('Enter');
  await shows(page, query, state);
}

/** Waits until a document is open with its related ones; gives its heading. */
export async function opened(page: Page): Promise<string> {
  await page.locator('#document[data-state="document"]:visible').waitFor();
  await page.locator('#related :is(li, .quiet)').first().waitFor();
  return textOf(page.locator('#document h1'));
}

export function documentsOf(page: Page): Promise<(string | null)[]> {
  return page.locator('li.hit').evaluateAll((hits) => hits.map((hit) => hit.getAttribute('data-document')));
}

/** Whether the top of the first such element is in the window. */
export async function isInView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox();
  return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0);
}

/** The text of the one element, as it is seen. */
export async function textOf(locator: Locator): Promise<string> {
  await locator.waitFor();
  return (await locator.allInnerTexts()).join('');
}

export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
