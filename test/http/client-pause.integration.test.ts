import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitPauses } from '../../src/http/client-pause.js';

/** More than the buffers of both ends of a connection take. */
const LARGE = 64_000_000;

describe('an answer', () => {
  const PAUSE_MS = 1_000;
  let server: Server;
  const answering: ServerResponse[] = [];

  beforeAll(async () => {
    const app = express();
    app.use(limitPauses(PAUSE_MS));
    app.get('/late', async (_request, response) => {
      await pause(2.5 * PAUSE_MS);
      response.send('late');
    });
    app.get('/large', (_request, response) => {
      answering.push(response);
      response.send(Buffer.alloc(LARGE));
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  async function ask(path: string): Promise<IncomingMessage> {
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }

  it('may take longer to be found than a client may pause', async () => {
    const response = await ask('/late');
    expect((await response.toArray()).join('')).toBe('late');
  });

  it('that is not read is cut off', async () => {
    const response = await ask('/large');
    const answer = answering.at(-1);
    if (answer && !answer.closed) await once(answer, 'close');
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      bytes += part.length;
    });
    // The end may come as a reset.
    await once(response, 'close').catch(() => undefined);
    expect(bytes).toBeLessThan(LARGE);
  });

  it('may take longer to be read than a client may pause', async () => {
    const response = await ask('/large');
    const started = performance.now();
    let bytes = 0;
    for await (const part of response) {
      bytes += part.length;
      await pause(2);
    }
    expect(bytes).toBe(LARGE);
    expect(performance.now() - started).toBeGreaterThan(PAUSE_MS);
  });
});
