import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Job, SearchAnswer } from '../../src/index.js';
import { akin, call, finished, folderForTest, startServer } from './process.js';

/** Of what shall be gone: a sentence, words that only it has, and one whose stem others have too. */
const SECRET = 'Quxomandrel vydraske the harbourings of Zybblethwaite were repossessed at midnight.';
const TRACES = ['uxomandrel', 'ydraske', 'harbourings', 'ybblethwait', 'repossessed at midnight'];

const sentence = (number: number): string =>
  `Notice ${number}: the ${['harbour crane', 'school roof', 'old orchard'][number % 3]} is repaired by firm ${number} from Monday.`;

/** An index with some hundred documents, one of which has the secret among other sentences. */
async function indexWithSecret(): Promise<string> {
  const folder = folderForTest();
  const lines = Array.from({ length: 150 }, (_, number) =>
    JSON.stringify({ id: `doc-${number}`, title: `Notice ${number}`, text: sentence(number) }),
  );
  const secret = `${SECRET}\n\n${Array.from({ length: 60 }, (_, number) => sentence(number)).join(' ')}\n\n${SECRET}`;
  lines.splice(75, 0, JSON.stringify({ id: 'secret', title: SECRET, text: secret }));
  const path = join(folderForTest(), 'documents.jsonl');
  writeFileSync(path, lines.join('\n'));
  expect((await akin(['--index', folder, 'ingest', path])).status).toBe(0);
  return folder;
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

async function answers(folder: string): Promise<SearchAnswer['hits']> {
  const { stdout } = await akin(['--index', folder, '--json', 'search', 'harbour crane repaired by firm 42']);
  return (JSON.parse(stdout) as SearchAnswer).hits;
}

// On a server, its own VACUUM and WAL decide what stays on the disk.
it.each(['alone', 'through a server'])('compact %s leaves no trace of what was removed', {
  tags: ['folder'],
}, async (how) => {
  const folder = await indexWithSecret();
  const traces = [...TRACES, ...vectorsOf(folder, 'secret')];
  const there = found(folder, traces);
  for (const [place, trace] of traces.entries()) {
    const name = typeof trace === 'string' ? trace : `vector ${place}`;
    expect(there.filter((line) => line.endsWith(name))).not.toEqual([]);
  }
  const server = how === 'alone' ? null : await startServer(folder);
  expect((await akin(['--index', folder, 'remove', 'secret'])).status).toBe(0);
  if (!server) {
    mkdirSync(join(folder, 'spool', 'incoming'), { recursive: true });
    writeFileSync(join(folder, 'spool', 'incoming', 'broken-off'), SECRET);
  }
  const before = await answers(folder);
  const compacted = await akin(['--index', folder, '--json', 'compact']);
  expect(JSON.parse(compacted.stdout)).toMatchObject({
    type: 'compact',
    status: 'succeeded',
    vectors: 150,
    counts: { done: 150, total: 150 },
  });
  expect(found(folder, traces)).toEqual([]);
  expect(await answers(folder)).toEqual(before);
  await server?.stop();
  expect(found(folder, traces)).toEqual([]);
  expect((await akin(['--index', folder, 'doctor'])).stdout).toContain('nothing is wrong');
});

it('a server rebuilds the vector index while it answers, and a kill at any instant leaves a whole one', {
  tags: ['folder'],
}, async () => {
  const folder = await indexWithSecret();
  const before = await answers(folder);
  for (const [work, waitMs] of [
    ['rebuild', 0],
    ['compact', 0],
    ['compact', 60],
  ] as const) {
    const server = await startServer(folder);
    await call(server, 'POST', '/v1/documents', { id: 'passing', text: `It passes ${work} ${waitMs}.` });
    await call(server, 'DELETE', '/v1/documents/passing');
    const { status, body } = await call<{ job: Job }>(server, 'POST', `/v1/${work}`);
    expect({ status, type: body.job.type }).toEqual({ status: 202, type: work });
    await new Promise((wake) => setTimeout(wake, waitMs));
    await server.stop('SIGKILL');
  }
  const server = await startServer(folder);
  const jobs = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body.jobs;
  for (const job of jobs) expect(await finished(server, job)).toMatchObject({ status: 'succeeded' });
  const rebuilt = await call<{ job: Job }>(server, 'POST', '/v1/rebuild');
  expect(await finished(server, rebuilt.body.job)).toMatchObject({ status: 'succeeded' });
  expect(await answers(folder)).toEqual(before);
  await server.stop();
  expect((await akin(['--index', folder, 'doctor'])).stdout).toContain('nothing is wrong');
});
