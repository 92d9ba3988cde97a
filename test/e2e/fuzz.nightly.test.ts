import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sendHostile } from '../http/hostile-answers.js';
import { hostileRequest } from '../http/hostile-requests.js';
import { folderForTest, startServer } from './process.js';

const CASES = 10_000;
const SEED = 20_261_126;
/** How many requests get which status at the least: both sides of each check are met. */
const LEAST = [
  [200, 2_000],
  [201, 100],
  [202, 100],
  [204, 2],
  [400, 2_000],
  [404, 500],
] as const;

it('answers ten thousand hostile requests with a code, neither failing nor hanging nor growing', async () => {
  const server = await startServer(folderForTest());
  /** Of the server, in megabytes. */
  const residentMb = (): number => {
    const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  };
  const requests = fc.sample(hostileRequest, { numRuns: CASES, seed: SEED });
  const first = await sendHostile(server.address, requests.slice(0, CASES / 2));
  const before = residentMb();
  const second = await sendHostile(server.address, requests.slice(CASES / 2));
  expect([...first.faults, ...second.faults]).toEqual([]);
  for (const [status, least] of LEAST) {
    const count = (first.statuses.get(status) ?? 0) + (second.statuses.get(status) ?? 0);
    expect(count, `${status}`).toBeGreaterThan(least);
  }
  expect(residentMb()).toBeLessThan(before * 1.5);
  expect((await fetch(`${server.address}/v1/stats`)).status).toBe(200);
  await server.stop();
}, 300_000);
