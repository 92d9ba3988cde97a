import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { findBrowser } from './needs.js';

const ARGUMENTS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A script of the page, where there are other names than here. */
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  complainOfPolicy(event.violatedDirective + ' ' + event.blockedURI));`;

/** Starts the browser of this machine without a window. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null)
    throw new Error('There is no Chromium. Install it, or name a browser in CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of a browser profile of its own, and what went wrong on it. */
export interface WatchedPage {
  page: Page;
  /** Errors, violations of the content security policy, dialogs, and requests to other hosts, in words. */
  complaints: string[];
}

/** Opens a page for one test. */
export async function openPage(
  browser: Browser,
  { baseURL, ...options }: BrowserContextOptions & { baseURL: string },
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, colorScheme: 'light', ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== baseURL) complaints.push(`request: ${request.url()}`);
  });
  await context.exposeFunction('complainOfPolicy', (violation: string) => {
    complaints.push(`policy: ${violation}`);
  });
  await context.addInitScript({ content: TELL_VIOLATIONS });
  return { page, complaints };
}
