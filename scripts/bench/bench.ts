/**
 * Runs benchmarks, each in a process of its own, prints what they gave, and writes docs/benchmarks.json,
 * docs/benchmarks.md and a picture of each.
 *
 *     npm run bench -- --data DATA [--seed N] [NAME…]
 *
 * DATA is a folder of judged collections (`retrieval/`) and news (`news/`). Without a NAME all are run; those that are
 * not run keep the figures that they had.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Figure } from './benchmark.js';
import { BENCHMARKS } from './benchmarks.js';
import { installPeers } from './peers/install.js';
import { type BenchmarkRuns, benchmarkPictures, benchmarksPage, figuresTable } from './report.js';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const json = join(docs, 'benchmarks.json');
const pictures = join(docs, 'benchmarks');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
const unknown = names.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0)
  throw new Error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`,
  );
if (values.data === undefined) throw new Error('Name the folder of the collections with --data.');
const data = resolve(values.data);

installPeers();
const runs: BenchmarkRuns = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : {};
mkdirSync(pictures, { recursive: true });
let failed = 0;
for (const name of names) {
  console.log(`\n${name}`);
  const ran = await runApart(name);
  if (!ran) {
    failed++;
    continue;
  }
  console.log(figuresTable(ran.figures));
  runs[name] = {
    ...ran,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    seed: Number(values.seed),
  };
  writeFileSync(json, `${JSON.stringify(runs, null, 2)}\n`);
  writeFileSync(join(docs, 'benchmarks.md'), benchmarksPage(runs, 'benchmarks'));
  for (const [picture, svg] of Object.entries(benchmarkPictures(runs)))
    writeFileSync(join(pictures, `${picture}.svg`), svg);
}
process.exitCode = failed > 0 ? 1 : 0;

async function runApart(name: string): Promise<{ measures: string; data: string; figures: Figure[] } | null> {
  const script = fileURLToPath(new URL('./run-benchmark.ts', import.meta.url));
  const child = fork(script, [name, data, values.seed], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  const came: { measures: string; data: string; figures: Figure[] }[] = [];
  child.on('message', (message) => came.push(message as (typeof came)[number]));
  await once(child, 'close');
  return came[0] ?? null;
}

function machine(): string {
  const [processor] = cpus();
  return `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
}
