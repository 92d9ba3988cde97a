/**
 * A server under mixed load (searches, related, imports, writes, deletions) for as long as is asked, with its memory and
 * its open files looked at every ten seconds; what came of it goes to docs/soak.md.
 *
 *     npm run soak -- [--minutes 30] [--seed 1]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../bench/random.js';
import { Texts } from './texts.js';
import { Victim } from './victim.js';

const page = fileURLToPath(new URL('../../docs/soak.md', import.meta.url));
/** The same documents are written again and again: what grows is not the index. */
const DOCUMENTS = 500;
const IMPORTED_AT_ONCE = 25;
const SEARCHERS = 4;
const SAMPLE_MS = 10_000;
/** Until caches are full. */
const WARM_UP_MINUTES = 5;

interface Sample {
  minute: number;
  memoryMb: number;
  files: number;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
});
const minutes = Number(values.minutes);
const random = seededRandom(Number(values.seed));
const texts = new Texts(random);
const folder = mkdtempSync(join(tmpdir(), 'akin-soak-'));
const victim = new Victim(join(folder, 'index'));
await victim.ready;

const counts = new Map<string, number>();
const errors: string[] = [];
const id = (): string => `d${random.below(DOCUMENTS)}`;
const started = performance.now();
const isOver = (): boolean => performance.now() - started > minutes * 60_000;

async function ask(what: string, expected: number[], ...request: Parameters<Victim['ask']>): Promise<void> {
  const reply = await victim.ask(...request);
  counts.set(what, (counts.get(what) ?? 0) + 1);
  if (!reply || !expected.includes(reply.status))
    errors.push(`${what}: ${reply?.status} ${JSON.stringify(reply?.body)}`);
}

const ndjson = (): string =>
  Array.from({ length: IMPORTED_AT_ONCE }, () => JSON.stringify({ id: id(), text: texts.text() })).join('\n');

const WORK: (() => Promise<void>)[] = [
  ...Array.from({ length: SEARCHERS }, () => async () => {
    await ask('searches', [200], 'POST', '/v1/search', { query: texts.query(), minScore: 0 });
  }),
  () => ask('related', [200, 404], 'GET', `/v1/documents/${id()}/related`),
  () => ask('writes', [201], 'POST', '/v1/documents', { id: id(), text: texts.text() }),
  () => ask('deletions', [204, 404], 'DELETE', `/v1/documents/${id()}`),
  async () => {
    await ask('imports', [202], 'POST', '/v1/documents/import', ndjson(), 'application/x-ndjson');
    await untilIdle();
  },
];

/** An import after the other, so that they don't pile up. */
async function untilIdle(): Promise<void> {
  for (;;) {
    const reply = await victim.ask('GET', '/v1/jobs');
    const { jobs } = reply?.body as { jobs: { status: string }[] };
    if (jobs.every(({ status }) => status !== 'queued' && status !== 'running')) return;
    await pause(200);
  }
}

const samples: Sample[] = [];
async function watch(): Promise<void> {
  while (!isOver()) {
    await pause(SAMPLE_MS);
    const tree = processesOf(victim.pid);
    samples.push({
      minute: (performance.now() - started) / 60_000,
      memoryMb: sum(tree.map(residentMb)),
      files: sum(tree.map((pid) => readdirSync(`/proc/${pid}/fd`).length)),
    });
  }
}

await Promise.all([
  watch(),
  ...WORK.map(async (work) => {
    while (!isOver()) await work();
  }),
]);
await victim.stop();

const settled = samples.filter(({ minute }) => minute > WARM_UP_MINUTES);
const slope = (of: (sample: Sample) => number): number =>
  (100 * slopeOf(settled.map((sample) => [sample.minute, of(sample)]))) / mean(settled.map(of));
const rows = [
  ...counts,
  ['errors', errors.length],
  ['memory after five minutes, MB', Math.round(settled[0]?.memoryMb ?? 0)],
  ['memory at the end, MB', Math.round(settled.at(-1)?.memoryMb ?? 0)],
  ['growth of memory, % a minute', slope(({ memoryMb }) => memoryMb).toFixed(3)],
  ['open files after five minutes', settled[0]?.files ?? 0],
  ['open files at the end', settled.at(-1)?.files ?? 0],
];
const written = `# Soak

A server under ${SEARCHERS} clients that search, and one each that asks for related documents, writes, deletes and imports, as
fast as they are answered. Memory and open files are those of the server and its processes. \`npm run soak\` wrote this page.

    npm run soak -- --minutes ${minutes} --seed ${values.seed}

| in ${minutes} minutes | |
|---|---|
${rows.map(([what, count]) => `| ${what} | ${count} |`).join('\n')}

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}.
`;
for (const error of errors.slice(0, 20)) console.error(error);
writeFileSync(page, written);
console.log(written);
rmSync(folder, { recursive: true });
process.exitCode = errors.length === 0 ? 0 : 1;

/** A process and those that it started. */
function processesOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [
    pid,
    ...(children === '' ? [] : children.split(' ').flatMap((child) => processesOf(Number(child)))),
  ];
}

function residentMb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1024;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(numbers: number[]): number {
  return sum(numbers) / numbers.length;
}

/** Of the line of least squares. */
function slopeOf(points: [number, number][]): number {
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const both = sum(points.map(([at, value]) => (at - x) * (value - y)));
  return both / sum(points.map(([at]) => (at - x) ** 2));
}
