import { expect, it } from 'vitest';
import { akin, folderForTest, indexWithCorpus, startServer } from './process.js';

it('commands of the shell print what an index holds, alone and through a server', async () => {
  const index = await indexWithCorpus();
  const alone = await akin(['--index', index, 'search', 'who pays for the tidal plant']);
  const server = await startServer(index);
  const human = await akin(['--index', index, 'search', 'who pays for the tidal plant']);
  expect(human).toMatchObject({ status: 0, stderr: '' });
  expect(human.stdout).toContain('tidal-gate-planning-approval.md');
  expect(alone).toEqual(human);
  const { documents } = JSON.parse((await akin(['--index', index, '--json', 'stats'])).stdout);
  expect(documents).toBeGreaterThan(40);
  const piped = await akin(['--index', index, 'related', '--jsonl', '-', '--limit', '2'], {
    input: 'Divers lift the cargo of a sunken merchant ship.',
  });
  const [first] = piped.stdout.split('\n');
  expect(JSON.parse(first ?? '').document.id).toMatch(/^culture\/corvina-/);
  expect(await akin(['--index', index, 'get', 'nothing'])).toMatchObject({ status: 1, stdout: '' });
  await server.stop();
});

it('a setting that is wrong stops the start and names itself', async () => {
  const elsewhere = await akin(['serve', '--host', '0.0.0.0', '--index', folderForTest()]);
  expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('--host') });
});
