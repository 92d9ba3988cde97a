import { join } from 'node:path';
import { expect, it } from 'vitest';
import { akin, call, finished, folderForTest, type RunningServer, startServer } from './process.js';

const FLOAT32 = { AKIN_DTYPE: 'float32' };
const SUBJECTS = ['ferry', 'orchard', 'foundry', 'harbour', 'library', 'observatory', 'tramway', 'vineyard'];
const documents = Array.from({ length: 240 }, (_, i) => ({
  id: `d${i}`,
  text: `The ${SUBJECTS[i % 8]} number ${i} was opened in ${1700 + i}. ${SUBJECTS[(i * 3 + 1) % 8]} and ${SUBJECTS[(i * 5 + 2) % 8]} followed ${i} years later, to the joy of ward ${i % 17}.`,
}));

interface Answer {
  hits: { score: number; document: { id: string } }[];
}

interface Job {
  id: string;
  status: string;
  counts: { done: number; total: number };
}

async function ranking(server: RunningServer, query: string): Promise<string[]> {
  const { status, body } = await call<Answer>(server, 'POST', '/v1/search', {
    query,
    mode: 'semantic',
    limit: 50,
    minScore: 0,
  });
  expect(status).toBe(200);
  return body.hits.map(({ score, document }) => `${document.id} ${score}`);
}

const QUERIES = ['who sails?', 'where are apples grown', 'books to borrow', 'the stars at night'];
const rankings = async (server: RunningServer): Promise<string[][]> => {
  const all: string[][] = [];
  for (const query of QUERIES) all.push(await ranking(server, query));
  return all;
};

async function dtypeOf(server: RunningServer): Promise<string> {
  return (await call<{ model: { dtype: string } }>(server, 'GET', '/v1/stats')).body.model.dtype;
}

it('another model takes the place of the one that serves, which serves until then, also for what comes meanwhile', async () => {
  const folder = folderForTest();
  const index = join(folder, 'index');
  let server = await startServer(index);
  await call(server, 'POST', '/v1/documents', documents);
  const before = await rankings(server);

  const command = akin(['--index', index, '--json', 'reembed', '--dtype', 'float32']);
  let done = false;
  void command.finally(() => {
    done = true;
  });
  let asked = 0;
  while (!done) {
    const id = `late${asked % 20}`;
    const put = await call(server, 'POST', '/v1/documents', {
      id,
      text: `A late ferry, number ${asked}, sails.`,
    });
    expect(put.status).toBe(201);
    expect((await ranking(server, 'who sails?')).length).toBeGreaterThan(0);
    asked++;
  }
  expect(JSON.parse((await command).stdout)).toMatchObject({ status: 'succeeded' });
  expect(asked).toBeGreaterThan(1);
  expect(await dtypeOf(server)).toBe('float32');
  const late = (await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents?limit=500')).body
    .documents;
  const texts: { id: string; text: string }[] = [];
  for (const { id } of late)
    texts.push((await call<{ id: string; text: string }>(server, 'GET', `/v1/documents/${id}`)).body);

  const fresh = await startServer(join(folder, 'fresh'), [], FLOAT32);
  await call(
    fresh,
    'POST',
    '/v1/documents',
    texts.map(({ id, text }) => ({ id, text })),
  );
  const expected = await rankings(fresh);
  await fresh.stop();
  expect(before).not.toEqual(expected);
  expect(await rankings(server)).toEqual(expected);

  // Settings that name no model take the one that the index has.
  await server.stop();
  server = await startServer(index);
  expect(await dtypeOf(server)).toBe('float32');
  expect(await rankings(server)).toEqual(expected);
  await server.stop();
});

// On a database the command does it, not the server that is killed.
it('goes on after a kill, and needs no server', { tags: ['folder'] }, async () => {
  const index = folderForTest();
  const first = await startServer(index);
  await call(first, 'POST', '/v1/documents', documents);
  const command = akin(['--index', index, 'reembed', '--dtype', 'float32']);
  for (let begun = false; !begun; ) {
    const { jobs } = (await call<{ jobs: Job[] }>(first, 'GET', '/v1/jobs')).body;
    begun = jobs.length > 0;
  }
  await first.stop('SIGKILL');
  expect((await command).status).toBe(1);

  const again = await startServer(index);
  const { jobs } = (await call<{ jobs: Job[] }>(again, 'GET', '/v1/jobs')).body;
  expect(await finished(again, jobs[0] as Job)).toMatchObject({ status: 'succeeded' });
  expect(await dtypeOf(again)).toBe('float32');
  const served = await rankings(again);
  await again.stop();

  for (const dtype of ['int8', 'float32']) {
    const { status, stdout } = await akin(['--index', index, '--json', 'reembed', '--dtype', dtype]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded', passages: documents.length });
  }
  const last = await startServer(index);
  expect(await rankings(last)).toEqual(served);
  await last.stop();
});
