import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { akin, folderForTest, temporaryFolder } from '../e2e/process.js';
import { openAt } from '../support/app.js';

/** Of what shall be gone: a sentence, words that only it has, and one whose stem others have too. */
const SECRET = 'Quxomandrel vydraske the harbourings of Zybblethwaite were repossessed at midnight.';
const TRACES = ['uxomandrel', 'ydraske', 'harbourings', 'ybblethwait', 'repossessed at midnight'];

const sentence = (number: number): string =>
  `Notice ${number}: the ${['harbour crane', 'school roof', 'old orchard'][number % 3]} is repaired by firm ${number} from Monday.`;

/** An index with some hundred documents, one of which has the secret among other sentences. */
async function makeIndexWithSecret(folder: string): Promise<void> {
  const engine = await openAt(folder);
  const documents = Array.from({ length: 150 }, (_, number) => ({
    id: `doc-${number}`,
    title: `Notice ${number}`,
    text: sentence(number),
  }));
  const text = `${SECRET}\n\n${Array.from({ length: 60 }, (_, number) => sentence(number)).join(' ')}\n\n${SECRET}`;
  await engine.addDocuments(documents.toSpliced(75, 0, { id: 'secret', title: SECRET, text }));
  await engine.close();
}

/** Bytes out of the middle of each vector of the document. */
function vectorsOf(folder: string, id: string): Buffer[] {
  const database = new SqliteDatabase(join(folder, 'akin.db'), { readonly: true });
  const vectors = database
    .prepare(
      'SELECT vector FROM vectors JOIN passages ON passages.id = passage JOIN documents ON key = document WHERE documents.id = ?',
    )
    .pluck()
    .all(id) as Buffer[];
  database.close();
  return vectors.map((vector) => vector.subarray(100, 132));
}

/** Which of some bytes stand in which files of a folder. */
function found(folder: string, traces: (string | Buffer)[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      return traces.flatMap((trace, place) =>
        bytes.includes(trace) ? [`${name}: ${typeof trace === 'string' ? trace : `vector ${place}`}`] : [],
      );
    });
}

const made = temporaryFolder();
beforeAll(() => makeIndexWithSecret(made.path));
afterAll(made.remove);

// On a server, its own VACUUM and WAL decide what stays on the disk.
it.each([
  ['that nobody serves', false],
  ['that is served', true],
])(
  'compacting an index %s leaves no trace of what was removed',
  {
    tags: ['folder'],
  },
  async (_what, isServed) => {
    const folder = folderForTest();
    cpSync(made.path, folder, { recursive: true });
    const traces = [...TRACES, ...vectorsOf(folder, 'secret')];
    const there = found(folder, traces);
    for (const [place, trace] of traces.entries()) {
      const name = typeof trace === 'string' ? trace : `vector ${place}`;
      expect(there.filter((line) => line.endsWith(name))).not.toEqual([]);
    }
    const engine = await openAt(folder);
    if (isServed) engine.announce('http://127.0.0.1:1');
    expect(await engine.removeDocuments(['secret'])).toEqual(['secret']);
    if (!isServed) {
      mkdirSync(join(folder, 'spool', 'incoming'), { recursive: true });
      writeFileSync(join(folder, 'spool', 'incoming', 'broken-off'), SECRET);
    }
    const answers = async () => (await engine.search({ query: 'harbour crane repaired by firm 42' })).hits;
    const before = await answers();
    expect(await engine.compact()).toMatchObject({
      type: 'compact',
      status: 'succeeded',
      counts: { done: 150, total: 150 },
    });
    expect((await engine.stats()).vectors).toBe(150);
    expect(found(folder, traces)).toEqual([]);
    expect(await answers()).toEqual(before);
    await engine.close();
    expect(found(folder, traces)).toEqual([]);
    expect((await akin(['--index', folder, 'doctor'])).stdout).toContain('nothing is wrong');
  },
);
