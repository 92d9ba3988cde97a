import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Storage } from '../../src/storage/storage.js';
import { ScaleSet } from './scale-index.js';
import { SyntheticDocuments } from './synthetic-documents.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const COLLECTIONS = ['scifact', 'medline', 'cranfield', 'time'];

/** Where index folders are kept that take long to make. */
const CACHE = process.env.AKIN_BENCH_CACHE ?? fileURLToPath(new URL('./.cache', import.meta.url));

/** An index of the real documents in the judged collections and the news of `data`. */
export function baseSet(data: string): string {
  return kept('base', (folder) => {
    const files = new Map(COLLECTIONS.map((name) => [name, join(data, 'retrieval', name, 'corpus.jsonl')]));
    files.set('news', join(data, 'news', 'bbc-news.jsonl'));
    for (const [name, file] of files) {
      const options = ['--index', folder, '--id-prefix', `${name}/`];
      const { status } = spawnSync(process.execPath, [main, 'ingest', ...options, file], {
        stdio: 'inherit',
      });
      // 1 says that some documents could not be taken: two of cranfield have no text.
      if (status !== 0 && status !== 1) throw new Error(`${file} could not be ingested.`);
    }
  });
}

/** An index of so many synthetic passages; the first that is made of a size takes about a millisecond for each. */
export async function scaleSet(
  passages: number,
  { data, seed }: { data: string; seed: number },
): Promise<string> {
  const name = `synthetic-${passages}-${seed}`;
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const base = Storage.open(baseSet(data));
  const documents = new SyntheticDocuments([base], seed);
  base.close();
  const unfinished = `${folder}.unfinished`;
  const set = await ScaleSet.open(unfinished, documents);
  await set.fill(passages);
  await set.close();
  renameSync(unfinished, folder);
  return folder;
}

function kept(name: string, make: (folder: string) => void): string {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  make(unfinished);
  renameSync(unfinished, folder);
  return folder;
}
