/**
 * Measures the search on judged collections and writes what came of it to docs/quality.md, with a plot.
 *
 *     npm run eval -- DATASET…
 *
 * Each DATASET is a folder in BEIR's layout. The search has the settings that everybody gets; nothing is tuned here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Evaluation } from '../src/evaluation/evaluate.js';
import { evaluationMarkdown, evaluationPlot, evaluationTable } from '../src/evaluation/report.js';
import { calibrationMarkdown, readCalibration } from './calibration/report.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = process.argv.slice(2).map((folder) => resolve(folder));
if (folders.length === 0) throw new Error('Name folders with corpus.jsonl, queries.jsonl and qrels.tsv.');

const main = join(root, 'dist', 'cli', 'main.js');
const output = execFileSync(process.execPath, [main, '--json', 'eval', ...folders], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { evaluations } = JSON.parse(output) as { evaluations: Evaluation[] };
console.log(evaluationTable(evaluations));

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const command = `npm run eval -- ${folders.map((folder) => basename(folder)).join(' ')}`;
const docs = join(root, 'docs');
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, 'quality.svg'), evaluationPlot(evaluations));
writeFileSync(
  join(docs, 'quality.md'),
  `# Quality of the search

Akin ${version} with its bundled model and the settings that everybody gets, each collection in a fresh index. The
figures are those that

    ${command}

printed, in the folder of the collections; it wrote this page. nDCG@10 has linear gains, as in BEIR. Keyword is BM25
alone, semantic the model alone. The intervals hold what the difference is in 95 of 100 samples of the queries (paired
bootstrap). ANN recall is against exact search.

${evaluationMarkdown(evaluations)}

![nDCG@10 by collection and mode](quality.svg)

${calibrationMarkdown(readCalibration(join(docs, 'calibration.json')))}`,
);
