import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const USUAL_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Data for measuring, beside a checkout and not part of it. */
export const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** A PostgreSQL server on which tests keep their indexes; null where those are folders. */
export const TEST_SERVER = process.env.AKIN_TEST_DATABASE || null;

/** The browser of this machine, CHROMIUM_PATH or a usual one; null where there is none. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH;
  return (named ? [named] : USUAL_BROWSERS).find((path) => existsSync(path)) ?? null;
}

/** What some tests need and not every machine has. A test with the need's name among its tags is skipped without it. */
export interface Need {
  /** Says what is needed, in the summary of skipped tests. */
  what: string;
  /** How to get it. */
  how: string;
  isMet: () => boolean;
}

export const NEEDS = {
  browser: {
    what: 'Chromium, for the web page',
    how: 'apt-get install chromium, or name a browser in CHROMIUM_PATH',
    isMet: () => findBrowser() !== null,
  },
  pdftotext: {
    what: 'pdftotext, to compare PDF text with',
    how: 'apt-get install poppler-utils',
    isMet: () => runs('pdftotext', '-v'),
  },
  requests: {
    what: 'Python with requests, for the Python examples of docs/',
    how: 'apt-get install python3-requests',
    isMet: () => runs('python3', '-c', 'import requests'),
  },
  zsh: {
    what: 'zsh, for its completion',
    how: 'apt-get install zsh',
    isMet: () => runs('zsh', '-c', 'true'),
  },
  fish: {
    what: 'fish, for its completion',
    how: 'apt-get install fish',
    isMet: () => runs('fish', '-c', 'true'),
  },
  postgres: {
    what: 'a PostgreSQL server with pgvector (the others run on PostgreSQL from npm)',
    how: 'set AKIN_TEST_DATABASE, see docs/testing.md',
    isMet: () => TEST_SERVER !== null,
  },
  folder: {
    what: 'an index that is a folder, not a database',
    how: 'unset AKIN_TEST_DATABASE',
    isMet: () => TEST_SERVER === null,
  },
  shared: {
    what: 'the data for measuring in ../shared',
    how: 'only maintainers have it; the other tests do without',
    isMet: () => existsSync(SHARED),
  },
  mount: {
    what: 'the right to mount a file system',
    how: 'run as root on Linux',
    isMet: () => process.getuid?.() === 0 && runs('mount', '--version'),
  },
} satisfies Record<string, Need>;

function runs(program: string, ...args: string[]): boolean {
  const { error, status } = spawnSync(program, args, { stdio: 'ignore' });
  return error === undefined && status === 0;
}
