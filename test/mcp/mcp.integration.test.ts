import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFor } from '../../scripts/database-for-tests.js';
import type { IndexFacets } from '../../src/index.js';
import { ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const server = useApp({ corpus: true });

/** By a process that goes through the server which holds the index. */
async function overStdio(): Promise<Client> {
  const environment = databaseFor(server.index);
  const client = new Client({ name: 'test', version: '1' });
  const args = [MAIN, 'mcp', '--index', server.index];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore', env: environment }),
  );
  return client;
}

async function overHttp(key?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers: Record<string, string> = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', server.address), {
    requestInit: { headers },
  });
  // The SDK's own classes do not agree under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
}

async function call(client: Client, name: string, input: object): Promise<CallToolResult> {
  return (await client.callTool({ name, arguments: { ...input } })) as CallToolResult;
}

function textOf({ content: [first] }: CallToolResult): string {
  return first?.type === 'text' ? first.text : '';
}

interface Found {
  hits: { id: string; title: string; score: number; passages: { passage: number; text: string }[] }[];
}

describe.each(['stdio', 'HTTP'])('an agent over %s', (how) => {
  let client: Client;
  beforeAll(async () => {
    client = await (how === 'HTTP' ? overHttp() : overStdio());
  });
  afterAll(() => client.close());

  it('is told of four tools that only read, and of their answers', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search', 'related', 'read_document', 'list_sources']);
    for (const { annotations, outputSchema, description } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true });
      expect(outputSchema).toMatchObject({ type: 'object' });
      expect(description).toBeTruthy();
    }
    expect(tools[0]?.description).toContain('12000 characters');
  });

  it('finds what answers, and reads on from there', async () => {
    const answer = await call(client, 'search', { query: 'who pays for the tidal plant?', limit: 3 });
    const { hits } = answer.structuredContent as unknown as Found;
    const [first] = hits;
    expect(first?.id).toMatch(/^energy\/tidal-gate/);
    expect(textOf(answer)).toContain(`[document ${first?.id}]`);
    expect(textOf(answer)).toContain(`[passage ${first?.passages[0]?.passage}`);

    const from = first?.passages[0]?.passage;
    const read = await call(client, 'read_document', { id: first?.id, from });
    expect(read.structuredContent).toMatchObject({ document: { id: first?.id }, next: null });
    expect((read.structuredContent as { passages: { passage: number }[] }).passages[0]?.passage).toBe(from);
    const whole = await call(client, 'read_document', { id: first?.id });
    expect(textOf(whole)).toContain('That is the end of the document.');
  });

  it('narrows down by date, source and any other field', async () => {
    const search = async (input: object): Promise<string[]> => {
      const answer = await call(client, 'search', { query: 'tidal plant', limit: 30, ...input });
      return (answer.structuredContent as unknown as Found).hits.map(({ id }) => id);
    };
    const all = await search({});
    expect(await search({ filter: { source: 'Nobody' } })).toEqual([]);
    const listed = await call(client, 'list_sources', {});
    const { first, last } = listed.structuredContent as { first: string; last: string };
    expect(await search({ since: first.slice(0, 10), until: last.slice(0, 10) })).toEqual(all);
    expect((await search({ until: '1999-12-31' })).length).toBeLessThan(all.length);
  });

  it('finds what is related to a document or a text', async () => {
    const ids = async (input: object): Promise<string[]> =>
      ((await call(client, 'related', input)).structuredContent as unknown as Found).hits.map(({ id }) => id);
    expect((await ids({ id: 'energy/tidal-gate-opens.md' }))[0]).toMatch(/^energy\/tidal-gate-/);
    expect((await ids({ text: 'Divers lift the cargo of a sunken merchant ship.' }))[0]).toMatch(
      /^culture\/corvina-/,
    );
  });

  it('is told what there is', async () => {
    const { structuredContent, ...answer } = await call(client, 'list_sources', {});
    const { documents, sources } = structuredContent as {
      documents: number;
      sources: { values: { value: string; documents: number }[]; more: number };
    };
    expect(documents).toBeGreaterThan(5);
    const [most] = sources.values;
    expect(textOf(answer as CallToolResult)).toContain(`${most?.value} (${most?.documents})`);
  });

  it.each([
    ['search', { query: ' ' }, 'say what to look for'],
    ['search', { query: 'x', filter: { colour: 'red' } }, 'is no field'],
    ['search', { query: 'x', colour: 'red' }, 'colour'],
    ['search', { query: 'x', since: 'yesterday' }, 'ISO 8601'],
    ['related', {}, 'Give either id'],
    ['related', { id: 'nothing' }, 'DOCUMENT_NOT_FOUND'],
    ['read_document', { id: 'nothing' }, 'DOCUMENT_NOT_FOUND'],
    ['read_document', { id: 'culture/corvina-wreck-found.txt', from: 999_999 }, 'without from'],
  ])('is told what was wrong with %s %j', async (name, input, words) => {
    const answer = await call(client, name, input);
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain(words);
  });
});

describe('over HTTP', () => {
  it('a long document comes in pieces that fit into a context and together are the whole', async () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, number) => `Paragraph ${number}: ${'the ferry crossed the bay in fog and rain. '.repeat(12)}`,
    );
    const text = paragraphs.join('\n\n').trim();
    const body = JSON.stringify({ id: 'long', title: 'A long one', text });
    await fetch(`${server.address}/v1/documents`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    const client = await overHttp();
    const pieces: string[] = [];
    for (let from: number | null | undefined; from !== null; ) {
      const answer = await call(client, 'read_document', {
        id: 'long',
        ...(from === undefined ? {} : { from }),
      });
      expect(textOf(answer).length).toBeLessThan(13_000);
      const { passages, next } = answer.structuredContent as {
        passages: { text: string }[];
        next: number | null;
      };
      pieces.push(...passages.map((one) => one.text));
      from = next;
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    await client.close();
  });

  it('counts the values of the fields, the most frequent first, of what a filter lets through', async () => {
    const facets = async (query: string): Promise<{ status: number; body: IndexFacets }> => {
      const response = await fetch(`${server.address}/v1/facets?${query}`);
      return { status: response.status, body: (await response.json()) as IndexFacets };
    };
    const { body: all } = await facets('');
    const counts = Object.values<number>(all.facets.source);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(all.values.source).toBe(counts.length);
    const { body: one } = await facets('limit=1');
    expect(Object.keys(one.facets.source)).toEqual(Object.keys(all.facets.source).slice(0, 1));
    expect(one.values).toEqual(all.values);
    const [[source = '', count] = []] = Object.entries(all.facets.source);
    const { body: part } = await facets(`filter=${encodeURIComponent(JSON.stringify({ source }))}`);
    expect(part).toMatchObject({ documents: count, facets: { source: { [source]: count } } });
    expect(String(part.publishedAt.first) >= String(all.publishedAt.first)).toBe(true);
    expect(await facets('limit=0')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await facets('colour=red')).toMatchObject({ status: 400 });
  });

  it('is not read by a page of another site', async () => {
    const foreign = await fetch(`${server.address}/mcp`, {
      method: 'POST',
      body: '{}',
      headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' },
    });
    expect(foreign.status).toBe(403);
  });

  it('is read with a key alone once there is one, and only what its filter lets through', async () => {
    await fetch(`${server.address}/v1/documents`, {
      method: 'POST',
      body: JSON.stringify({
        id: 'desk',
        source: 'Desk',
        text: 'The ferry has a new captain, who keeps bees.',
      }),
      headers: { 'Content-Type': 'application/json' },
    });
    const key = await server.makeKey({ scope: 'read', filter: { source: 'Desk' } });
    await expect(overHttp()).rejects.toThrow(/401/);
    const client = await overHttp(key);
    const found = await call(client, 'search', { query: 'ferry', limit: 30 });
    expect((found.structuredContent as unknown as Found).hits.map(({ id }) => id)).toEqual(['desk']);
    for (const [name, input] of [
      ['read_document', { id: 'long' }],
      ['related', { id: 'long' }],
    ] as const)
      expect(textOf(await call(client, name, input))).toContain('DOCUMENT_NOT_FOUND');
    expect((await call(client, 'list_sources', {})).structuredContent).toMatchObject({ documents: 1 });
    await client.close();
    const got = await fetch(`${server.address}/mcp`, { headers: { Authorization: `Bearer ${key}` } });
    expect(got).toMatchObject({ status: 405 });
    expect(got.headers.get('Allow')).toBe('POST');
  });
});
