import { expect, it } from 'vitest';
import { akin, call, finished, folderForTest, type RunningServer, startServer } from './process.js';

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
