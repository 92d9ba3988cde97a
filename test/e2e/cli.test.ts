import { expect, it } from 'vitest';
import { akin, folderForTest, indexWithCorpus, startServer } from './process.js';

it.each(['alone', 'through a server'])('commands of the shell print what an index holds, %s', async (how) => {
  const index = await indexWithCorpus();
  const server = how === 'alone' ? null : await startServer(index);
  const human = await akin(['--index', index, 'search', 'who pays for the tidal plant']);
  expect(human).toMatchObject({ status: 0, stderr: '' });
  expect(human.stdout).toContain('tidal-gate-planning-approval.md');
  const { documents } = JSON.parse((await akin(['--index', index, '--json', 'stats'])).stdout);
  expect(documents).toBeGreaterThan(40);
  const piped = await akin(['--index', index, 'related', '--jsonl', '-', '--limit', '2'], {
    input: 'Divers lift the cargo of a sunken merchant ship.',
  });
  const [first] = piped.stdout.split('\n');
  expect(JSON.parse(first ?? '').document.id).toMatch(/^culture\/corvina-/);
  expect(await akin(['--index', index, 'get', 'nothing'])).toMatchObject({ status: 1, stdout: '' });
  await server?.stop();
});

it('a setting that is wrong stops the start and names itself', async () => {
  const elsewhere = await akin(['serve', '--host', '0.0.0.0', '--index', folderForTest()]);
  expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('--host') });
});

it('an index made by another model is refused, with the way out', async () => {
  const index = await indexWithCorpus();
  const { status, stderr } = await akin(['--index', index, 'search', 'x'], {
    env: { AKIN_DTYPE: 'float32' },
  });
  expect(status).toBe(1);
  expect(stderr).toContain('MODEL_MISMATCH');
  expect(stderr).toContain('akin reembed');
});

it('a command that asks for a reranker where none is set is wrong usage', async () => {
  const run = await akin(['search', 'plant', '--rerank', '--index', folderForTest()]);
  expect(run).toMatchObject({ status: 2, stderr: expect.stringMatching(/AKIN_RERANKER.*NO_RERANKER/) });
});
