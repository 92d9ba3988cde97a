import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { Engine } from '../../src/engine.js';
import type { ErrorCode } from '../../src/errors.js';
import { createApp } from '../../src/http/server.js';
import { folderForTest } from '../e2e/process.js';

it('readiness says by its code why the corpus can not be watched, and names no path', async () => {
  let failure: ErrorCode | null = null;
  const { config } = loadConfig({ flags: { index: folderForTest() }, environment: {} });
  const app = createApp(() => ({}) as Engine, config, { watchFailure: () => failure });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const readiness = async (): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`)).json();
  expect(await readiness()).toEqual({ status: 'ready', watchFailure: null });
  failure = 'PATH_NOT_FOUND';
  expect(await readiness()).toEqual({ status: 'ready', watchFailure: 'PATH_NOT_FOUND' });
});
