/**
 * What is measured: how soon the page can be used, how soon a key shows its first hit, and how long it holds its thread
 * meanwhile, in Chromium over loopback; and what the page weighs without the map.
 * Data: the sample corpus in corpus/. Typed are its questions (test/e2e/expectations.json), a key every 80 ms; counted
 * is from each key to the first hit list that came after it, keys whose answer was overtaken by the next key's left out.
 * By: npm run bench -- --data DATA page
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../test/support/browser.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { figureOf, quantile } from './measure.js';
import { ServerProcess } from './server-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KEY_MS = 80;
const ROUNDS = 5;
const QUESTIONS_A_ROUND = 4;

export const PAGE: Benchmark = {
  name: 'page',
  measures:
    'The web page in Chromium: until it can be used, until a key shows its first hit, and its weight.',
  data: 'The sample corpus, and the twenty questions of its tests, typed.',
  run,
};

/** Notes, in the page, when the start page is there, when keys go down, when hit lists come, and every task of more than 50 ms. */
const WATCH = `
  window.typed = []; window.shown = []; window.longTasks = []; window.ready = 0;
  new PerformanceObserver((list) => window.longTasks.push(
    ...list.getEntries().filter(({ startTime }) => startTime >= window.typed[0]).map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
  addEventListener('input', () => window.typed.push(performance.now()), true);
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      window.ready ||= performance.now();
      if (document.querySelector('#results .hit')) window.shown.push(performance.now());
    }).observe(document.getElementById('results'), { attributeFilter: ['data-state'], childList: true });
  });`;

interface Watched {
  /** When the start page was there, in milliseconds after the navigation began, as all times are. */
  ready: number;
  typed: number[];
  shown: number[];
  longTasks: number[];
}

async function run({ scratch }: BenchContext): Promise<Figure[]> {
  const index = join(scratch, 'index');
  execFileSync(process.execPath, [
    join(ROOT, 'dist/cli/main.js'),
    'ingest',
    join(ROOT, 'corpus'),
    '--index',
    index,
  ]);
  const server = await ServerProcess.start(index);
  const browser = await startBrowser();
  try {
    const usable: number[] = [];
    const firstHits: number[][] = [];
    const longest: number[] = [];
    const questions = questionsOfTests();
    for (let round = -1; round < ROUNDS; round++) {
      const asked = questions.splice(0, QUESTIONS_A_ROUND);
      questions.push(...asked);
      const watched = await typeInto(browser, server.address, asked);
      if (round < 0) continue;
      usable.push(watched.ready);
      firstHits.push(waits(watched));
      longest.push(Math.max(0, ...watched.longTasks));
    }
    return [
      figureOf('until the page can be used', usable, 'ms', { atMost: 1_000 }),
      figureOf(
        'from a key to the first hit, median',
        firstHits.map((times) => quantile(times, 0.5)),
        'ms',
      ),
      figureOf(
        'from a key to the first hit, p95',
        firstHits.map((times) => quantile(times, 0.95)),
        'ms',
        { atMost: 100 },
      ),
      figureOf('longest task while typing (0: none above 50 ms)', longest, 'ms', { atMost: 50 }),
      figureOf('weight without the map, gzipped', [weight()], 'KB', { atMost: 150 }),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

function questionsOfTests(): string[] {
  const file = readFileSync(join(ROOT, 'test/e2e/expectations.json'), 'utf8');
  return (JSON.parse(file) as { questions: { query: string }[] }).questions.map(({ query }) => query);
}

async function typeInto(browser: Browser, address: string, questions: string[]): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: WATCH });
    await page.goto(address);
    await page.locator('#results[data-state="start"][aria-busy="false"]').waitFor();
    for (const question of questions) await type(page, question);
    return await page.evaluate(() => {
      const { ready, typed, shown, longTasks } = globalThis as unknown as Watched;
      return { ready, typed, shown, longTasks };
    });
  } finally {
    await context.close();
  }
}

async function type(page: Page, question: string): Promise<void> {
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').pressSequentially(question, { delay: KEY_MS });
  await page.waitForTimeout(500);
}

/** For each key whose hits came before the next key went down: how long they took. */
function waits({ typed, shown }: Watched): number[] {
  return typed.flatMap((key, place) => {
    const next = typed[place + 1] ?? Number.POSITIVE_INFINITY;
    const first = shown.find((time) => time >= key);
    return first === undefined || first > next ? [] : [first - key];
  });
}

/** Of all that the page may load but the map's files. In KB. */
function weight(): number {
  const folder = join(ROOT, 'dist/web');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      !entry.parentPath.includes(join('web', 'map')) &&
      !entry.parentPath.includes('widget'),
  );
  const sizes = files.map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name))).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}
