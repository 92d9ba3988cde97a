import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished } from 'vitest';
import { databaseFor } from '../../scripts/database-for-tests.js';
import { TEST_SERVER } from '../support/needs.js';

/** Whether indexes are on a PostgreSQL server. */
export const onDatabase = TEST_SERVER !== null;

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

/** An empty folder that is removed by `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'akin-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An empty folder for one test. */
export function folderForTest(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}

/** Makes a folder an index of the sample corpus. */
export async function copyCorpusIndex(index: string): Promise<void> {
  if (onDatabase) await akin(['ingest', '--index', index, join(ROOT, 'corpus')]);
  else cpSync(inject('corpusIndex'), index, { recursive: true });
}

/** A folder for one test with an index of the sample corpus. */
export async function indexWithCorpus(): Promise<string> {
  const index = folderForTest();
  await copyCorpusIndex(index);
  return index;
}

export interface RunResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `akin` with arguments to its end. */
export async function akin(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<RunResult> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...databaseOf(args), ...env },
  });
  const output = collect(child);
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  return { status, ...output };
}

/** A server that runs as a process of its own. */
export interface RunningServer {
  address: string;
  child: ChildProcess;
  output: { stdout: string; stderr: string };
  /** Ends it with a signal and waits; gives its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts `akin serve` on a free port and waits until it is ready.
 * @param openFiles how many files each of its processes may have open. Default: what the system says
 */
export async function startServer(
  index: string,
  args: string[] = [],
  env: Record<string, string> = {},
  { openFiles }: { openFiles?: number } = {},
): Promise<RunningServer> {
  const limit = openFiles === undefined ? '' : `ulimit -n ${openFiles}; `;
  const served = [process.execPath, MAIN, 'serve', '--index', index, '--port', '0', ...args];
  const child = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', ...served], {
    env: { ...process.env, ...databaseOf(served), ...env },
  });
  const output = collect(child);
  const closed = once(child, 'close');
  const address = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /Akin serves \d+ documents at (\S+)/.exec(output.stdout)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', look);
    child.once('exit', (status) => reject(new Error(`akin serve ended with ${status}: ${output.stderr}`)));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    const [status] = await closed;
    return status;
  };
  return { address, child, output, stop };
}

/** The database of the index that arguments name, where tests run on one. */
function databaseOf(args: string[]): Record<string, string> {
  const place = args.indexOf('--index');
  if (place === -1) return {};
  return args.includes('restore') ? { AKIN_DATABASE: '' } : databaseFor(args[place + 1] ?? '');
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return output;
}

/** One call of the HTTP API; the body is JSON both ways. */
export async function call<Answer>(
  { address }: Pick<RunningServer, 'address'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: Answer }> {
  const json = { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(address + path, { method, ...(body === undefined ? {} : json) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? null : JSON.parse(text)) as Answer,
  };
}

/** Waits until a job has ended; a server that is busy is asked again, as it says. */
export async function finished<Job extends { id: string; status: string }>(
  server: Pick<RunningServer, 'address'>,
  job: Job,
): Promise<Job> {
  let present = job;
  while (present.status === 'queued' || present.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { status, headers, body } = await call<{ job: Job }>(server, 'GET', `/v1/jobs/${job.id}`);
    // A PostgreSQL from npm that is busy lets a new connection wait for longer than Akin does.
    if (status === 503 && headers.has('Retry-After')) continue;
    expect(body).toHaveProperty('job');
    present = body.job;
  }
  return present;
}

/** Imports documents and waits until they are found. */
export async function importInto(documents: object[], server: Pick<RunningServer, 'address'>): Promise<void> {
  const response = await fetch(`${server.address}/v1/documents/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: documents.map((document) => JSON.stringify(document)).join('\n'),
  });
  const { job } = (await response.json()) as { job: { id: string; status: string } };
  expect((await finished(server, job)).status).toBe('succeeded');
}
