import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it } from 'vitest';
import { databaseFor } from '../../scripts/database-for-tests.js';
import { folderForTest, indexWithCorpus, ROOT } from './process.js';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

describe('akin mcp', () => {
  it('writes nothing but the protocol to standard output, and ends with its input', async () => {
    const index = await indexWithCorpus();
    const child = spawn(process.execPath, [MAIN, 'mcp', '--index', index], {
      env: { ...process.env, ...databaseFor(index) },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const send = (message: object): void =>
      void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    };
    send({ id: 1, method: 'initialize', params });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'search', arguments: { query: 'tidal plant' } } });
    while (!output.includes('"id":2')) await once(child.stdout, 'data');
    child.stdin.end();
    expect((await once(child, 'close'))[0]).toBe(0);
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('says how an index is made where there is none', { tags: ['folder'] }, async () => {
    const client = new Client({ name: 'test', version: '1' });
    const args = [MAIN, 'mcp', '--index', join(folderForTest(), 'nowhere')];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
    const answer = await client.callTool({ name: 'search', arguments: { query: 'x' } });
    expect(answer.isError).toBe(true);
    expect(JSON.stringify(answer.content)).toContain('INDEX_NOT_FOUND');
    await client.close();
  });
});
