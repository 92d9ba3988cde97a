import { afterAll, beforeAll, expect } from 'vitest';
import { AkinClient } from '../../src/client/index.js';
import { type App, useApp } from '../support/app.js';
import { startProxy, type UnsteadyProxy } from './unsteady-proxy.js';

interface UsedClient {
  server: App;
  /** In front of the server. */
  readonly proxy: UnsteadyProxy;
  /** Of the server itself, without a key. */
  readonly client: AkinClient;
}

/** A server, a proxy that loses what it is told to, and a client, for the tests of a file. */
export function useClient(): UsedClient {
  const server = useApp();
  let proxy: UnsteadyProxy;
  let client: AkinClient;

  beforeAll(async () => {
    proxy = await startProxy(server.address);
    client = new AkinClient({ baseUrl: server.address });
  });
  afterAll(async () => {
    await proxy.close();
  });

  return {
    server,
    get proxy() {
      return proxy;
    },
    get client() {
      return client;
    },
  };
}

/** The error with which a call fails. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('It was fulfilled.'),
    (error: unknown) => error,
  );
}

/** All that an iterable gives. */
export async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}
