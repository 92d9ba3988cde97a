import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useApp } from '../support/app.js';
import { sendHostile } from './hostile-answers.js';
import { hostileRequest } from './hostile-requests.js';

const CASES = 600;
/** Another one each day; a failure names the request, and AKIN_FUZZ_SEED brings the day back. */
const SEED = Number(process.env.AKIN_FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));
/** How many requests get which status at the least: both sides of each check are met. */
const LEAST = [
  [200, 60],
  [400, 60],
  [404, 15],
] as const;

const app = useApp();

it(`answers hostile requests with a code (seed ${SEED})`, async () => {
  const requests = fc.sample(hostileRequest, { numRuns: CASES, seed: SEED });
  const { faults, statuses } = await sendHostile(app.address, requests);
  expect(faults).toEqual([]);
  for (const [status, least] of LEAST) expect(statuses.get(status), `${status}`).toBeGreaterThan(least);
  expect((await fetch(`${app.address}/v1/stats`)).status).toBe(200);
});
