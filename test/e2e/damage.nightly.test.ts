import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { akin, call, finished, folderForTest, startServer } from './process.js';

const PAGE = 8_192;

/** Fills the page of a file in which some text stands with what no page is. */
function damagePageWith(path: string, text: string): void {
  const bytes = readFileSync(path);
  const place = bytes.indexOf(text);
  expect(place).toBeGreaterThan(PAGE);
  const start = Math.floor(place / PAGE) * PAGE;
  writeFileSync(path, bytes.fill(0xa5, start, start + PAGE));
}

const document = (number: number): { id: string; title: string; text: string } => ({
  id: `doc-${number}`,
  title: `Notice ${number}`,
  text: `By order of office ${number} the ${['harbour', 'orchard', 'school'][number % 3]} closes at ${number} minutes past nine. `
    .repeat(5)
    .trim(),
});

// The pages of a database are PostgreSQL's to look after.
it('a server meets a damaged page, says so, and goes on; a backup is the way back', {
  tags: ['folder'],
}, async () => {
  const folder = folderForTest();
  const index = join(folder, 'index');
  const lines = Array.from({ length: 100 }, (_, number) => JSON.stringify(document(number)));
  writeFileSync(join(folder, 'documents.jsonl'), lines.join('\n'));
  expect((await akin(['--index', index, 'ingest', join(folder, 'documents.jsonl')])).status).toBe(0);
  expect((await akin(['--index', index, 'backup', join(folder, 'good.backup')])).status).toBe(0);
  damagePageWith(join(index, 'akin.db'), document(50).text);

  const server = await startServer(index);
  const broken = {
    status: 500,
    body: { code: 'INDEX_DAMAGED', detail: expect.stringContaining('akin doctor') },
  };
  expect(await call(server, 'GET', '/v1/documents/doc-50')).toMatchObject(broken);
  expect(
    await call(server, 'POST', '/v1/search', { query: 'orchard closes at 50 minutes past nine' }),
  ).toMatchObject(broken);
  expect(await call(server, 'PUT', '/v1/documents/doc-50', { text: 'It stays open.' })).toMatchObject(broken);
  expect(await call(server, 'GET', '/v1/documents/doc-0')).toMatchObject({
    status: 200,
    body: document(0),
  });
  const imported = await fetch(`${server.address}/v1/documents/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: JSON.stringify({ ...document(50), text: 'It stays open.' }),
  });
  const { job } = (await imported.json()) as { job: Job };
  expect(await finished(server, job)).toMatchObject({
    status: 'failed',
    errors: [{ code: 'INDEX_DAMAGED' }],
  });
  expect(await akin(['--index', index, 'get', 'doc-50'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('INDEX_DAMAGED'),
  });
  expect(await akin(['--index', index, 'backup', join(folder, 'bad.backup')])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('INDEX_DAMAGED'),
  });
  expect(readdirSync(folder).sort()).toEqual(['documents.jsonl', 'good.backup', 'index']);
  expect(await akin(['--index', index, 'doctor'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(server.address),
  });
  expect(await call(server, 'GET', '/readyz')).toMatchObject({ status: 200 });
  expect(await server.stop()).toBe(0);

  const told = await akin(['--index', index, 'doctor', '--repair']);
  expect(told).toMatchObject({ status: 1, stdout: expect.stringContaining('akin restore') });
  expect((await akin(['--index', index, 'restore', join(folder, 'good.backup'), '--force'])).status).toBe(0);
  expect(await akin(['--index', index, 'doctor'])).toMatchObject({ status: 0 });
  expect((await akin(['--index', index, 'get', 'doc-50'])).stdout).toContain('office 50');
});
