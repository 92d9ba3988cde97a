import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostileRequest, hostileRequest } from './hostile-requests.js';
import { type RunningServer, startServer, temporaryFolder } from './process.js';

const CASES = 10_000;
const SEED = 20_261_126;
const AT_ONCE = 8;
/** How many requests get which status at the least: both sides of each check are met. */
const LEAST = [
  [200, 2_000],
  [201, 100],
  [202, 100],
  [204, 2],
  [400, 2_000],
  [404, 500],
] as const;

const index = temporaryFolder();
let server: RunningServer;
beforeAll(async () => {
  server = await startServer(index.path);
});
afterAll(async () => {
  await server.stop();
  index.remove();
});

/** How many requests got which status. */
const statuses = new Map<number, number>();

/** What is wrong with the answer; null where nothing is. */
async function faultOf({ method, path, type, body }: HostileRequest): Promise<string | null> {
  const response = await fetch(server.address + path, {
    method,
    redirect: 'manual',
    ...(type === null ? {} : { headers: { 'Content-Type': type } }),
    ...(body === null ? {} : { body }),
  });
  const text = await response.text();
  const { status, headers } = response;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (headers.has('set-cookie')) return 'a header was injected';
  if (/node_modules|\.js:\d+|at .+ \(/.test(text) && status >= 400) return `a stack trace: ${text}`;
  if (status < 400) return null;
  if (status === 500) return `500: ${text}`;
  const { code, requestId } = JSON.parse(text) as { code?: string; requestId?: string };
  return code && requestId ? null : `a problem without a code: ${text}`;
}

/** The server's resident memory, in megabytes. */
function residentMb(): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

it('answers ten thousand hostile requests with a code, neither failing nor hanging nor growing', async () => {
  const requests = fc.sample(hostileRequest, { numRuns: CASES, seed: SEED });
  const faults: string[] = [];
  const sent = async (part: HostileRequest[]): Promise<void> => {
    const queue = part.values();
    const client = async (): Promise<void> => {
      for (const request of queue) {
        const fault = await faultOf(request);
        if (fault) faults.push(`${fault} for ${JSON.stringify(request)}`.slice(0, 600));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
  };
  const half = CASES / 2;
  await sent(requests.slice(0, half));
  const before = residentMb();
  await sent(requests.slice(half));
  expect(faults).toEqual([]);
  // Neither all refused nor all taken: both sides of every check were met.
  for (const [status, least] of LEAST) expect(statuses.get(status), `${status}`).toBeGreaterThan(least);
  expect(residentMb()).toBeLessThan(before * 1.5);
  expect((await fetch(`${server.address}/v1/stats`)).status).toBe(200);
}, 300_000);
