import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The one without windows first: tests take three fifths of the time with it. */
const USUAL_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

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
    how: 'apt-get install chromium-headless-shell, or name a browser in CHROMIUM_PATH',
    isMet: () => findBrowser() !== null,
  },
  pdftotext: {
    what: 'pdftotext, to compare PDF text with',
    how: 'apt-get install poppler-utils',
    isMet: () => isProgram('pdftotext'),
  },
  requests: {
    what: 'Python with requests, for the Python examples of docs/',
    how: 'apt-get install python3-requests',
    isMet: () => isProgram('python3') && hasPythonModule('requests'),
  },
  zsh: {
    what: 'zsh, for its completion',
    how: 'apt-get install zsh',
    isMet: () => isProgram('zsh'),
  },
  fish: {
    what: 'fish, for its completion',
    how: 'apt-get install fish',
    isMet: () => isProgram('fish'),
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
    isMet: () => process.getuid?.() === 0 && isProgram('mount'),
  },
} satisfies Record<string, Need>;

function isProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Without importing it, which takes half a second; vitest asks once for each project. */
function hasPythonModule(name: string): boolean {
  const look = `import importlib.util; exit(importlib.util.find_spec("${name}") is None)`;
  return spawnSync('python3', ['-c', look], { stdio: 'ignore' }).status === 0;
}
