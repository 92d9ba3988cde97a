import type { HostileRequest } from './hostile-requests.js';

const AT_ONCE = 8;

/** What came of requests. */
export interface HostileOutcome {
  /** What was wrong with an answer, and with which request it came. */
  faults: string[];
  /** How many requests got which status. */
  statuses: Map<number, number>;
}

/** Sends requests, several at a time, and looks at each answer. */
export async function sendHostile(address: string, requests: HostileRequest[]): Promise<HostileOutcome> {
  const outcome: HostileOutcome = { faults: [], statuses: new Map() };
  const queue = requests.values();
  const client = async (): Promise<void> => {
    for (const request of queue) {
      const fault = await faultOf(address, request, outcome);
      if (fault) outcome.faults.push(`${fault} for ${JSON.stringify(request)}`.slice(0, 600));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return outcome;
}

/** What is wrong with the answer; null where nothing is. */
async function faultOf(
  address: string,
  { method, path, type, body }: HostileRequest,
  { statuses }: HostileOutcome,
): Promise<string | null> {
  const response = await fetch(address + path, {
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
