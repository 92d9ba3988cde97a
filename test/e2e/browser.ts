import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
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

/** The browser of this machine, CHROMIUM_PATH or a usual one; null where there is none. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH;
  return (named ? [named] : USUAL_PATHS).find((path) => existsSync(path)) ?? null;
}

/** Starts a browser without a window. */
export function startBrowser(executablePath: string): Promise<Browser> {
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
