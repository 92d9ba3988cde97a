import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { akin, call, folderForTest, startServer } from './process.js';

const DOCUMENTS = Array.from({ length: 60 }, (_, number) => ({
  id: `doc-${number}`,
  text: `Notice ${number}: the school roof is repaired by firm ${number} from Monday.`,
}));

it('akin backup of an index that is not there makes none', { tags: ['folder'] }, async () => {
  const place = join(folderForTest(), 'none');
  const { status, stderr } = await akin(['--index', place, 'backup', join(folderForTest(), 'none.backup')]);
  expect({ status, stderr }).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('INDEX_NOT_FOUND'),
  });
  expect(existsSync(place)).toBe(false);
});

it('a server gives a backup of what it holds while documents come in, by curl and by akin backup', async () => {
  const place = folderForTest();
  const index = join(place, 'index');
  const server = await startServer(index);
  await call(server, 'POST', '/v1/documents', DOCUMENTS);
  const body = Array.from({ length: 80 }, (_, number) =>
    JSON.stringify({ id: `more-${number}`, text: `The tram of line ${number} is late again this morning.` }),
  ).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  await fetch(`${server.address}/v1/documents/import`, { method: 'POST', headers, body });

  const response = await fetch(`${server.address}/v1/backups`, { method: 'POST' });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-disposition')).toMatch(/akin-\d{4}-\d\d-\d\d\.backup/);
  writeFileSync(join(place, 'curl.backup'), bytes);
  expect(await akin(['--index', join(place, 'index'), 'backup', join(place, 'cli.backup')])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('cli.backup'),
  });
  await server.stop();
  expect(readdirSync(join(place, 'index', 'spool')).filter((name) => name.startsWith('backup-'))).toEqual([]);

  for (const name of ['curl', 'cli']) {
    const target = join(place, name);
    expect(await akin(['--index', target, 'restore', join(place, `${name}.backup`)])).toMatchObject({
      status: 0,
    });
    const { documents } = JSON.parse((await akin(['--index', target, '--json', 'stats'])).stdout);
    expect(documents).toBeGreaterThanOrEqual(60);
    expect((await akin(['--index', target, 'doctor'])).stdout).toContain('nothing is wrong');
    const jobs = JSON.parse((await akin(['--index', target, '--json', 'jobs'])).stdout).jobs as Job[];
    expect(jobs.filter(({ status }) => status === 'queued' || status === 'running')).toEqual([]);
  }
});
