/**
 * What is measured: how long the slowest searches take (the 99th of a hundred) while documents are imported, beside the
 * same server when nothing else is done; and how long its event loop is held meanwhile.
 * Data: a synthetic set (scale-set.ts), or the index folder that AKIN_BENCH_INDEX names. Imported are documents of real
 * sentences in an order of their own; queries are all different, of one client that waits 20 ms after each answer. Idle
 * times and imports are in turns. By: npm run bench -- --data DATA import-while-searching
 */
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentencesOf } from '../../src/search/sentences.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { scaleSet } from './cached-sets.js';
import { figureOf, quantile, timeOf } from './measure.js';
import { Questions } from './questions.js';
import { type Random, seededRandom } from './random.js';
import { ServerProcess } from './server-process.js';

const PASSAGES = 50_000;
const ROUNDS = 5;
const WARM_UP = 100;
const SEARCHES_A_ROUND = 200;
const PAUSE_MS = 20;
/** More than are imported while a round lasts. */
const DOCUMENTS_A_ROUND = 3_000;
const SENTENCES_A_DOCUMENT = 20;

interface LoopDelay {
  p99: number;
  max: number;
}

export const IMPORT_WHILE_SEARCHING: Benchmark = {
  name: 'import-while-searching',
  measures: 'The slowest searches while documents are imported, beside those of an idle server.',
  data: `${PASSAGES} synthetic passages, or what AKIN_BENCH_INDEX names; ${DOCUMENTS_A_ROUND} documents of real sentences a round.`,
  run,
};

async function run({ data, scratch, seed }: BenchContext): Promise<Figure[]> {
  const index = join(scratch, 'index');
  cpSync(process.env.AKIN_BENCH_INDEX ?? (await scaleSet(PASSAGES, { data, seed })), index, {
    recursive: true,
  });
  const questions = new Questions(data, seed);
  const imports = new Imports(data, seed);
  const server = await ServerProcess.start(index, new URL('./loop-delay.mjs', import.meta.url));
  try {
    for (let i = 0; i < WARM_UP; i++) await server.search(questions.next());
    const idle: number[][] = [];
    const busy: number[][] = [];
    const delays: LoopDelay[] = [];
    const imported: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      idle.push(await searchInTurn(server, questions));
      const job = await imports.start(server.address);
      await loopDelay(server);
      const started = performance.now();
      busy.push(await searchInTurn(server, questions));
      delays.push(await loopDelay(server));
      imported.push(await imports.stop(server.address, job, performance.now() - started));
    }
    return figures(idle, busy, delays, imported);
  } finally {
    await server.stop();
  }
}

function figures(idle: number[][], busy: number[][], delays: LoopDelay[], imported: number[]): Figure[] {
  const slowest = (rounds: number[][]): number[] => rounds.map((times) => quantile(times, 0.99));
  const middle = (rounds: number[][]): number[] => rounds.map((times) => quantile(times, 0.5));
  const ratios = slowest(busy).map((time, round) => time / (slowest(idle)[round] ?? Number.NaN));
  const p99s = delays.map(({ p99 }) => p99);
  const longest = delays.map(({ max }) => max);
  return [
    figureOf('idle: median of a search', middle(idle), 'ms'),
    figureOf('idle: p99 of a search', slowest(idle), 'ms'),
    figureOf('importing: median of a search', middle(busy), 'ms'),
    figureOf('importing: p99 of a search', slowest(busy), 'ms'),
    figureOf('p99 of a search while importing, of that when idle', ratios, '×', { atMost: 4 }),
    figureOf('importing: event-loop delay, p99', p99s, 'ms', { atMost: 25 }),
    figureOf('importing: event-loop delay, longest', longest, 'ms'),
    figureOf('documents imported meanwhile', imported, '/s'),
  ];
}

/** Milliseconds of each of some searches, one after the other. */
async function searchInTurn(server: ServerProcess, questions: Questions): Promise<number[]> {
  const times: number[] = [];
  while (times.length < SEARCHES_A_ROUND) {
    times.push(await timeOf(() => server.search(questions.next())));
    await sleep(PAUSE_MS);
  }
  return times;
}

async function loopDelay({ child }: ServerProcess): Promise<LoopDelay> {
  const answered = once(child, 'message');
  child.send('loop-delay');
  const [delay] = await answered;
  return delay as LoopDelay;
}

/** Imports of documents that no index has. */
class Imports {
  readonly #sentences: string[];
  readonly #random: Random;
  #made = 0;

  constructor(data: string, seed: number) {
    this.#random = seededRandom(seed);
    const lines = readFileSync(join(data, 'retrieval', 'scifact', 'corpus.jsonl'), 'utf8')
      .trim()
      .split('\n');
    this.#sentences = lines.flatMap((line) => {
      const { text } = JSON.parse(line) as { text: string };
      return sentencesOf(text, 'en').map(([start, end]) => text.slice(start, end));
    });
  }

  /** Gives the job's id. */
  async start(address: string): Promise<string> {
    const lines = Array.from({ length: DOCUMENTS_A_ROUND }, () => this.#document());
    const response = await fetch(`${address}/v1/documents/import`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    });
    const { job } = (await response.json()) as { job: { id: string } };
    // The first documents are read before any are embedded.
    await sleep(1_000);
    return job.id;
  }

  /** Cancels a job and waits until it has ended; gives the documents that were imported a second. */
  async stop(address: string, job: string, ms: number): Promise<number> {
    const response = await fetch(`${address}/v1/jobs/${job}`, { method: 'DELETE' });
    const { job: stopped } = (await response.json()) as { job: { status: string; counts: { done: number } } };
    if (stopped.status !== 'cancelled') throw new Error(`The import was over too soon: ${stopped.status}.`);
    await sleep(3_000);
    return (stopped.counts.done * 1_000) / ms;
  }

  #document(): string {
    const sentences = Array.from({ length: SENTENCES_A_DOCUMENT }, () => this.#random.oneOf(this.#sentences));
    return JSON.stringify({ id: `imported/${this.#made++}`, text: sentences.join(' ') });
  }
}
