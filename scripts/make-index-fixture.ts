// Writes the index that test/storage/older-index.ts describes with the code of an earlier Akin, for the tests of its
// upgrade:
//
//     git worktree add ../earlier COMMIT && (cd ../earlier && npm ci)
//     npx tsx scripts/make-index-fixture.ts ../earlier test/fixtures/indexes/schema-N
//
// The last commits of each schema: 90405b9 (1), f07ca4c (2), fabf268 (3); 6ab6308 has schema 4.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DIMENSIONS, writeTo } from '../test/storage/older-index.js';

const [checkout = '', target = ''] = process.argv.slice(2);
const load = (path: string) => import(pathToFileURL(resolve(checkout, 'src', path)).href);
const { Storage } = await load('storage/storage.ts');
const { VectorIndex } = await load('vector-index/vector-index.ts');

const folder = mkdtempSync(join(tmpdir(), 'akin-fixture-'));
const storage = Storage.open(folder);
storage.recordFingerprint(JSON.stringify({ model: 'fixture', dimensions: DIMENSIONS }));
writeTo(storage);
await (await VectorIndex.open(folder, storage.vectors, DIMENSIONS)).close();
storage.close();

mkdirSync(target, { recursive: true });
for (const name of readdirSync(folder))
  writeFileSync(join(target, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
rmSync(folder, { recursive: true });
