import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { akin, folderForTest, type RunningServer, startServer, temporaryFolder } from './process.js';

const MEGABYTE = 1024 * 1024;

interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** A request whose answer is JSON or empty. */
async function ask(server: RunningServer, method: string, path: string, body?: unknown): Promise<Reply> {
  const isText = typeof body === 'string';
  const response = await fetch(server.address + path, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { 'Content-Type': isText ? 'application/x-ndjson' : 'application/json' },
          body: isText ? body : JSON.stringify(body),
        }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

/** A text of made-up words that are too long for the model: much on the disk, and little to embed. */
const words = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, i) =>
    `${((seed + 1) * 7919 + i * 104_729) % 99_991}`.padEnd(120, 'x'),
  ).join(' ');

/** A server that ends with its test, whatever becomes of that. */
async function served(...start: Parameters<typeof startServer>): Promise<RunningServer> {
  const server = await startServer(...start);
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  return server;
}

async function ended(server: RunningServer, path: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { job } = (await ask(server, 'GET', path)).body as { job: Record<string, unknown> };
    if (job.status !== 'queued' && job.status !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const mount = temporaryFolder();
const mayMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mount.path]).status === 0;
if (!mayMount) console.warn('The tests of a full disk are skipped: they need the right to mount a tmpfs.');
afterAll(() => {
  if (mayMount) execFileSync('umount', [mount.path]);
  mount.remove();
});

/** Leaves so many megabytes of the disk; gives the file that takes the rest. */
function fillUpTo(megabytes: number): string {
  const ballast = join(mount.path, 'ballast');
  const { bavail, bsize } = statfsSync(mount.path);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - megabytes * MEGABYTE));
  return ballast;
}

// The disk of a database is its server's.
describe('a full disk', { tags: ['folder', 'mount'] }, () => {
  it('refuses writes with a code, keeps what was stored, answers, and goes on when there is room', async () => {
    const index = join(mount.path, 'index');
    let server = await served(index);
    const ballast = fillUpTo(4);
    const stored: string[] = [];
    let refused: Reply | undefined;
    for (let i = 0; refused === undefined && i < 200; i++) {
      const reply = await ask(server, 'POST', '/v1/documents', { id: `d${i}`, text: words(i, 300) });
      if (reply.status === 201) stored.push(`d${i}`);
      else refused = reply;
    }
    expect(refused).toMatchObject({ status: 507, body: { code: 'DISK_FULL' } });
    expect(stored.length).toBeGreaterThan(1);
    expect((await ask(server, 'POST', '/v1/search', { query: words(1, 3), minScore: 0 })).status).toBe(200);

    rmSync(ballast);
    const late = await ask(server, 'POST', '/v1/documents', { id: 'late', text: 'There is room again.' });
    expect(late.status).toBe(201);
    await server.stop();
    server = await served(index);
    for (const id of [...stored, 'late'])
      expect((await ask(server, 'GET', `/v1/documents/${id}`)).status).toBe(200);
    const { total } = (await ask(server, 'POST', '/v1/search', { query: 'room', minScore: 0 })).body;
    expect(total).toBe(stored.length + 1);
    await server.stop();
    rmSync(index, { recursive: true });
  });

  it('makes an import wait that is under way, and it goes on when there is room', async () => {
    const index = join(mount.path, 'index');
    const server = await served(index);
    const lines = Array.from({ length: 60 }, (_, i) => JSON.stringify({ id: `d${i}`, text: words(i, 150) }));
    const ballast = fillUpTo(1.75);
    const { status, body } = await ask(server, 'POST', '/v1/documents/import', lines.join('\n'));
    expect(status).toBe(202);
    const job = body.job as { id: string };
    const path = `/v1/jobs/${job.id}`;
    let waiting: unknown = null;
    while (waiting === null)
      waiting = ((await ask(server, 'GET', path)).body.job as { waiting: unknown }).waiting;
    expect(waiting).toMatchObject({ code: 'DISK_FULL' });
    rmSync(ballast);
    expect(await ended(server, path)).toMatchObject({
      status: 'succeeded',
      counts: { created: 60, failed: 0 },
    });
    await server.stop();
    rmSync(index, { recursive: true });
  });
});

describe('a folder that vanishes', { tags: ['folder'] }, () => {
  it('refuses writes rather than lose them, and goes on when it is back', async () => {
    const folder = folderForTest();
    const [index, elsewhere] = [join(folder, 'index'), join(folder, 'elsewhere')];
    const server = await served(index);
    await ask(server, 'POST', '/v1/documents', { id: 'before', text: 'The ferry sails at noon.' });
    renameSync(index, elsewhere);
    const gone = { status: 503, body: { code: 'INDEX_UNWRITABLE' } };
    expect(await ask(server, 'POST', '/v1/documents', { id: 'x', text: 'Lost?' })).toMatchObject(gone);
    expect(await ask(server, 'DELETE', '/v1/documents/before')).toMatchObject(gone);
    expect(await ask(server, 'POST', '/v1/documents/import', '{"text":"Lost?"}')).toMatchObject(gone);
    expect((await ask(server, 'POST', '/v1/search', { query: 'ferry', minScore: 0 })).body.total).toBe(1);
    // Another folder in its place is not the one that was opened.
    mkdirSync(index);
    writeFileSync(join(index, 'akin.db'), '');
    expect(await ask(server, 'POST', '/v1/documents', { id: 'x', text: 'Lost?' })).toMatchObject(gone);
    rmSync(index, { recursive: true });
    renameSync(elsewhere, index);
    expect((await ask(server, 'POST', '/v1/documents', { id: 'after', text: 'It is back.' })).status).toBe(
      201,
    );
    await server.stop();
    const { stdout } = await akin(['list', '--json', '--index', index]);
    expect((JSON.parse(stdout).documents as { id: string }[]).map(({ id }) => id)).toEqual([
      'before',
      'after',
    ]);
  });
});

// A connection needs one too: what is refused then is the database.
describe('no files left to open', { tags: ['folder'] }, () => {
  it('refuses what needs one, and goes on when there are some', async () => {
    const index = folderForTest();
    const server = await served(index, [], {}, { openFiles: 128 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const over = (path: string, body: string, type: string): Promise<Reply> =>
      new Promise((resolve, reject) => {
        const sent = request(
          server.address + path,
          { agent, method: 'POST', headers: { 'Content-Type': type } },
          (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (chunk: string) => {
              text += chunk;
            });
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    const importing = (): Promise<Reply> =>
      over('/v1/documents/import', '{"id":"a","text":"The ferry sails."}', 'application/x-ndjson');
    expect((await importing()).status).toBe(202);
    const { port } = new URL(server.address);
    const idle: Socket[] = [];
    while (idle.length < 160) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      idle.push(socket);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await importing()).toMatchObject({ status: 503, body: { code: 'TOO_MANY_FILES' } });
    for (const socket of idle) socket.destroy();
    let reply = await importing();
    while (reply.status === 503) reply = await importing();
    expect(reply.status).toBe(202);
    agent.destroy();
    expect(await server.stop()).toBe(0);
  });
});

describe('a clock that jumps', () => {
  it('disturbs neither writes, nor jobs, nor what is known of files', async () => {
    const folder = folderForTest();
    const [index, corpus] = [join(folder, 'index'), join(folder, 'corpus')];
    mkdirSync(corpus);
    writeFileSync(join(corpus, 'note.txt'), 'The ferry sails at noon.');
    const clock = new URL('../fixtures/jumping-clock.mjs', import.meta.url).href;
    const server = await served(index, [], { NODE_OPTIONS: `--import ${clock}` });
    expect((await ask(server, 'POST', '/v1/documents', { id: 'a', text: 'It rains.' })).status).toBe(201);
    const { body } = await ask(server, 'POST', '/v1/documents/import', '{"id":"b","text":"It snows."}');
    const { id } = body.job as { id: string };
    expect(await ended(server, `/v1/jobs/${id}`)).toMatchObject({ status: 'succeeded' });
    for (const counts of [{ created: 1 }, { created: 0, unchanged: 1 }]) {
      const { stdout } = await akin(['--index', index, '--json', 'ingest', corpus]);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded', counts });
    }
    const { total } = (await ask(server, 'POST', '/v1/search', { query: 'ferry', minScore: 0 })).body;
    expect(total).toBe(3);
    expect(await server.stop()).toBe(0);
  });
});
