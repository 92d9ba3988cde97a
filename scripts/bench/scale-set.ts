/**
 * Makes an index folder of any size to run against, without embedding: the vectors of real passages mixed by twos and
 * disturbed a little, the text drawn from their real sentences. The same seed gives the same documents.
 *
 *     npx tsx scripts/bench/scale-set.ts --passages 1000000 --out FOLDER [--seed 1] BASE…
 *
 * Each BASE is an index that Akin made of real documents and that no process holds; together they should hold 30,000
 * passages or more. A FOLDER that is there already is filled up. It prints what a passage costs as the index grows: all
 * that ingest does but reading and embedding.
 */
import { parseArgs } from 'node:util';
import { Storage } from '../../src/storage/storage.js';
import { ScaleSet } from './scale-index.js';
import { SyntheticDocuments } from './synthetic-documents.js';

const REPORT_EVERY = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const { passages, out, seed } = values;
if (!passages || !out || positionals.length === 0)
  throw new Error('Name --passages, --out and an index of real documents.');

const bases = positionals.map((folder) => Storage.open(folder));
const documents = new SyntheticDocuments(bases, Number(seed));
for (const base of bases) base.close();

const set = await ScaleSet.open(out, documents);
const wanted = Number(passages);
while (set.passages < wanted) {
  const [before, started] = [set.passages, performance.now()];
  await set.fill(Math.min(wanted, before + REPORT_EVERY));
  const took = (performance.now() - started) / (set.passages - before);
  console.log(`${set.passages} passages, ${took.toFixed(3)} ms each`);
}
await set.close();
