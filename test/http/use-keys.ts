import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect } from 'vitest';
import { type App, useApp } from '../support/app.js';
import { FERRY_NEWS } from './ferry-news.js';

interface Answered<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

interface UsedKeys {
  server: App;
  /** Filled by `makeKeys`; `desk` is one that reads what has the source “Desk”. */
  keys: Record<'read' | 'write' | 'admin' | 'desk', string>;
  /** From here on the server asks for a key. */
  makeKeys(): Promise<void>;
  /** Sends a request with a key, or without. A string is sent as lines of JSON, a form as it is, all else as JSON. */
  ask<Body>(key: string | null, method: string, path: string, body?: unknown): Promise<Answered<Body>>;
  /** Waits until there is a map of what the index holds now. */
  mapDrawn(): Promise<void>;
}

/** A server with the news of the ferry, for the tests of a file. */
export function useKeys(): UsedKeys {
  const server = useApp();
  const keys: UsedKeys['keys'] = {} as never;

  beforeAll(async () => {
    expect((await ask(null, 'POST', '/v1/documents', FERRY_NEWS)).status).toBe(201);
  });

  async function makeKeys(): Promise<void> {
    keys.read = await server.makeKey({ scope: 'read', name: 'page' });
    keys.write = await server.makeKey({ scope: 'write' });
    keys.admin = await server.makeKey({ scope: 'admin' });
    keys.desk = await server.makeKey({ scope: 'read', filter: { source: 'Desk' } });
  }

  async function ask<Answer>(
    key: string | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answered<Answer>> {
    const headers = new Headers(key === null ? {} : { Authorization: `Bearer ${key}` });
    if (typeof body === 'string') headers.set('Content-Type', 'application/x-ndjson');
    else if (body !== undefined && !(body instanceof FormData))
      headers.set('Content-Type', 'application/json');
    const sent =
      body === undefined || typeof body === 'string' || body instanceof FormData
        ? body
        : JSON.stringify(body);
    const init = sent === undefined ? { method, headers } : { method, headers, body: sent };
    const response = await fetch(server.address + path, init);
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Answer,
    };
  }

  async function mapDrawn(): Promise<void> {
    for (;;) {
      const { status, body } = await ask<{ isBehind?: boolean }>(keys.read, 'GET', '/v1/map');
      if (status === 200 && body.isBehind === false) return;
      await setTimeout(100);
    }
  }

  return { server, keys, makeKeys, ask, mapDrawn };
}
