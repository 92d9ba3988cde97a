import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: sent on, refused, lost, kept waiting for ever, or answered in part. */
export type Fate = 'pass' | 'busy' | 'limited' | 'overdue' | 'lost' | 'held' | 'cut' | 'foreign';

/** A real server between a client and another. Each request has the next fate of a script; behind its end all pass. */
export interface UnsteadyProxy {
  address: string;
  /** Begins a script anew. */
  play(...fates: Fate[]): void;
  /** What was asked since, as `GET /v1/stats`. */
  asked: string[];
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<UnsteadyProxy> {
  let script: Fate[] = [];
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    answer(script.shift() ?? 'pass', target, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play(...fates) {
      script = fates;
      asked.length = 0;
    },
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A refusal's status, code, and what it says for how long. */
const REFUSALS: Partial<Record<Fate, [number, string, string]>> = {
  busy: [503, 'BUSY', '0'],
  limited: [429, 'RATE_LIMITED', '0'],
  overdue: [503, 'BUSY', '3600'],
};

function answer(fate: Fate, target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const refusal = REFUSALS[fate];
  if (refusal) {
    const [status, code, wait] = refusal;
    outgoing.writeHead(status, { 'Content-Type': 'application/problem+json', 'Retry-After': wait });
    outgoing.end(JSON.stringify({ status, code, detail: 'Not now.' }));
  } else if (fate === 'foreign') {
    outgoing.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
  } else if (fate === 'lost') {
    incoming.socket.destroy();
  } else if (fate !== 'held') {
    pass(fate, target, incoming, outgoing);
  }
}

function pass(fate: Fate, target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const passed = request(target + url, { method, headers: { ...headers, host: new URL(target).host } });
  passed.once('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 500, response.headers);
    if (fate === 'pass') response.pipe(outgoing);
    else response.once('data', (part) => outgoing.write(part, () => incoming.socket.destroy()));
  });
  incoming.pipe(passed);
}
