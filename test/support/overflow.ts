import type { Page } from 'playwright-core';

/** What reaches beyond the right edge of a page that can be scrolled there. */
export function sidewaysOverflow(page: Page): Promise<string[]> {
  return page
    .locator('html')
    .evaluate((root) =>
      root.scrollWidth <= root.clientWidth
        ? []
        : [...root.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > root.clientWidth)
            .map((element) => `${element.tagName}.${element.className}`),
    );
}
