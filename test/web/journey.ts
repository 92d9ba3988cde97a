import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from '../support/accessibility.js';
import { useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';
import { sidewaysOverflow } from '../support/overflow.js';
import { JOURNEY_STEPS } from './journey-steps.js';

/** Where pictures of each view go, where somebody wants to look at them. */
const SCREENSHOTS = process.env.AKIN_SCREENSHOTS;

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

/** Goes through the page as a person does, and looks at every step whether it can be read and used. */
export function describeJourney(looks: [keyof typeof SIZES, 'light' | 'dark'][]): void {
  describe('a person on the page', { tags: ['browser'] }, () => {
    const server = useApp({ corpus: true });
    let browser: Browser;
    beforeAll(async () => {
      if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
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
      for (const [position, { name, take }] of JOURNEY_STEPS.entries()) {
        try {
          await take(page, server);
        } catch (error) {
          throw new Error(`${name}: ${error}`, { cause: error });
        }
        if (SCREENSHOTS) {
          const number = String(position + 1).padStart(2, '0');
          const file = `${number}-${name.replaceAll(' ', '-')}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: join(SCREENSHOTS, file) });
        }
        expect(await seriousViolations(page), `${name}: accessibility`).toEqual([]);
        expect(await sidewaysOverflow(page), `${name}: overflow`).toEqual([]);
      }
      // The browser itself logs each answer that is a 404.
      expect(complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))).toEqual([]);
    });
  });
}
