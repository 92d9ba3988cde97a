import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Latency } from '../../src/evaluation/latency.js';
import { akin, folderForTest } from './process.js';

it('akin bench measures searches in each mode and related documents', async () => {
  const [folder, index] = [folderForTest(), folderForTest()];
  const lines = ['The ferry was late again.', 'A storm closed the harbour.', 'Fog lay over the quays.'];
  for (const [place, line] of lines.entries()) writeFileSync(join(folder, `${place}.txt`), line);
  await akin(['ingest', folder, '--index', index]);
  const { status, stdout } = await akin(['--json', 'bench', '--questions', '2', '--index', index]);
  expect(status).toBe(0);
  const { documents, latencies } = JSON.parse(stdout) as { documents: number; latencies: Latency[] };
  expect(documents).toBe(3);
  expect(latencies.map(({ request, times }) => [request, times])).toEqual(
    ['hybrid', 'semantic', 'keyword', 'related'].map((request) => [request, 1]),
  );
  for (const { median, p95, p99 } of latencies) {
    expect(median).toBeGreaterThan(0);
    expect(median).toBeLessThanOrEqual(p95);
    expect(p95).toBeLessThanOrEqual(p99);
  }
});

it('akin bench says that an empty index has nothing to measure', async () => {
  const { status, stderr } = await akin(['bench', '--index', folderForTest()]);
  expect(status).toBe(2);
  expect(stderr).toContain('akin ingest');
});
