import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.js';
import type { Job } from '../../src/storage/job-store.js';
import { type TestDatabase, testDatabase } from '../postgres/server.js';
import { type UnsteadyLine, unsteadyLine } from '../postgres/unsteady-line.js';
import { TEST_SERVER } from '../support/needs.js';
import { akin, call, finished, type RunningServer, startServer } from './process.js';

let database: TestDatabase;
let line: UnsteadyLine;
let folder: string;
const servers = new Set<RunningServer>();

async function start(url = database.url, args: string[] = []): Promise<RunningServer> {
  const index = mkdtempSync(join(folder, 'index-'));
  const server = await startServer(index, args, { AKIN_DATABASE: url, AKIN_DATABASE_CONNECTIONS: '4' });
  servers.add(server);
  return server;
}

async function stop(server: RunningServer, signal?: NodeJS.Signals): Promise<number | null> {
  servers.delete(server);
  return server.stop(signal);
}

async function answer(server: RunningServer, query: string): Promise<Omit<SearchAnswer, 'processingTimeMs'>> {
  const { status, body } = await call<SearchAnswer>(server, 'POST', '/v1/search', {
    query,
    explain: true,
    minScore: 0,
  });
  expect(status).toBe(200);
  const { processingTimeMs: _time, ...rest } = body;
  return rest;
}

/** Documents of an import, as lines. */
function linesOf(count: number, about: string): string {
  return Array.from({ length: count }, (_, number) =>
    JSON.stringify({
      id: `${about} ${number}`,
      title: `Report ${number} on ${about}`,
      text: `The council heard on day ${number} about ${about} number ${number * 7}. `.repeat(4),
    }),
  ).join('\n');
}

async function importLines(server: RunningServer, lines: string): Promise<Job> {
  const response = await fetch(`${server.address}/v1/documents/import`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: lines,
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { job: Job }).job;
}

async function idsOf(server: RunningServer, beginning: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const path: string = `/v1/documents?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page: { documents: { id: string }[]; nextCursor: string | null } = (
      await call<{ documents: { id: string }[]; nextCursor: string | null }>(server, 'GET', path)
    ).body;
    ids.push(...page.documents.map(({ id }) => id).filter((id) => id.startsWith(beginning)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'akin-test-'));
  database = await testDatabase();
  line = await unsteadyLine(database.url);
});

afterAll(async () => {
  for (const server of servers) await server.stop('SIGKILL');
  await line.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('servers on one database', () => {
  it('serve the same answers, each what the other has stored', async () => {
    const [one, other] = [await start(), await start()];
    await call(one, 'POST', '/v1/documents', { id: 'a', text: 'The ferry sails at noon from the old pier.' });
    await call(other, 'POST', '/v1/documents', {
      id: 'b',
      text: 'The tidal plant gives light to the harbour.',
    });
    for (const query of ['when does the boat leave?', 'tidal plant', '"old pier"', 'harbour -ferry']) {
      const answers = [await answer(one, query), await answer(other, query)];
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[0]?.hits.length).toBeGreaterThan(0);
    }
    await call(other, 'DELETE', '/v1/documents/a');
    expect((await call(one, 'GET', '/v1/documents/a')).status).toBe(404);
    expect((await answer(one, '"old pier"')).hits).toEqual([]);
    // A key that is made for one holds for the other.
    const index = mkdtempSync(join(folder, 'index-'));
    const made = await akin(['--index', index, 'keys', 'create', '--scope', 'read'], {
      env: { AKIN_DATABASE: database.url },
    });
    const headers = { Authorization: `Bearer ${made.stdout.trim()}` };
    for (const server of [one, other]) {
      expect((await fetch(`${server.address}/v1/search?query=light`)).status).toBe(401);
      expect((await fetch(`${server.address}/v1/search?query=light`, { headers })).status).toBe(200);
    }
    const [id = ''] = made.stderr.match(/[0-9a-f]{12}/) ?? [];
    await akin(['--index', index, 'keys', 'revoke', id], { env: { AKIN_DATABASE: database.url } });
    expect((await fetch(`${other.address}/v1/search?query=light`)).status).toBe(200);
    await stop(one);
    await stop(other);
  });

  it('share an import, and what one leaves undone that is killed the other does', async () => {
    const [one, other] = [await start(), await start()];
    // One process after the other has the PostgreSQL from npm.
    const count = TEST_SERVER ? 1_400 : 300;
    const job = await importLines(one, linesOf(count, 'bridge'));
    for (;;) {
      const { body } = await call<{ job: Job }>(other, 'GET', `/v1/jobs/${job.id}`);
      if (body.job.counts.done > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await stop(one, 'SIGKILL');
    const ended = await finished(other, job);
    expect(ended).toMatchObject({
      status: 'succeeded',
      counts: { total: count, done: count, created: count, updated: 0, unchanged: 0, failed: 0 },
    });
    const ids = await idsOf(other, 'bridge ');
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
    expect((await call<{ documents: number }>(other, 'GET', '/v1/stats')).body.documents).toBe(
      (await idsOf(other, '')).length,
    );
    await stop(other);
  });

  it('go on with an import while another process embeds the index anew', async () => {
    const [one, other] = [await start(), await start()];
    const jobs = [await importLines(one, linesOf(120, 'tunnel 1'))];
    const { stdout } = await akin(['--json', 'reembed', '--dtype', 'float32'], {
      env: { AKIN_DATABASE: database.url },
    });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded' });
    // Whichever process takes it up may not have heard of the other model.
    jobs.push(await importLines(one, linesOf(120, 'tunnel 2')));
    for (const job of jobs) await finished(other, job);
    for (const { id } of jobs) {
      const { body } = await call<{ job: Job }>(one, 'GET', `/v1/jobs/${id}`);
      expect(body.job).toMatchObject({ status: 'succeeded', counts: { created: 120, failed: 0 } });
    }
    expect(await answer(other, 'tunnel')).toEqual(await answer(one, 'tunnel'));
    for (const server of [one, other]) {
      const { body } = await call<{ model: { dtype: string } }>(server, 'GET', '/v1/stats');
      expect(body.model.dtype).toBe('float32');
      await stop(server);
    }
  });

  it('lose no request while one after the other is started anew', async () => {
    let pool = [await start(database.url, []), await start(database.url, [])];
    const failures: unknown[] = [];
    let asked = 0;
    let isEnding = false;
    /** As a load balancer does it: whoever is ready is asked. */
    const ask = async (): Promise<void> => {
      while (!isEnding) {
        for (const server of pool) {
          const isReady = await fetch(`${server.address}/readyz`).then(
            ({ ok }) => ok,
            () => false,
          );
          if (!isReady) continue;
          asked++;
          await fetch(`${server.address}/v1/search?query=bridge`).then(
            ({ status }) => status === 200 || failures.push(status),
            (error: unknown) => failures.push(error),
          );
        }
      }
    };
    const asking = [ask(), ask()];
    for (const server of [...pool]) {
      const fresh = await start();
      pool = [...pool, fresh];
      expect(await stop(server)).toBe(0);
      pool = pool.filter((each) => each !== server);
    }
    isEnding = true;
    await Promise.all(asking);
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(10);
    for (const server of pool) await stop(server);
  });

  it('answer 503 with Retry-After while the database is away, and go on by themselves', async () => {
    const server = await start(line.url);
    expect((await answer(server, 'bridge')).hits.length).toBeGreaterThan(0);
    line.cut();
    const away = await fetch(`${server.address}/v1/search?query=bridge`);
    expect(away.status).toBe(503);
    expect(away.headers.get('Retry-After')).toBe('1');
    expect(await away.json()).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    const written = await call(server, 'POST', '/v1/documents', {
      id: 'late',
      text: 'It comes when all is well.',
    });
    expect(written.status).toBe(503);
    line.mend();
    let status = 503;
    while (status === 503)
      ({ status } = await call(server, 'POST', '/v1/documents', { id: 'late', text: 'It came.' }));
    expect([200, 201]).toContain(status);
    expect((await call(server, 'GET', '/v1/documents/late')).status).toBe(200);
    const job = await importLines(server, linesOf(40, 'late ferries'));
    expect((await finished(server, job)).status).toBe('succeeded');
    await stop(server);
  });
});

describe('akin migrate', () => {
  it('takes an index from a database into a folder and back, and its answers with it', async () => {
    const server = await start();
    const index = join(folder, 'migrated');
    const other = await testDatabase();
    try {
      const search = ['search', 'what did the council hear about the bridge?', '--limit', '20'];
      const hits = async (args: string[], env: Record<string, string> = {}): Promise<unknown[]> => {
        const { stdout } = await akin(['--json', ...args, ...search], { env });
        return (JSON.parse(stdout) as SearchAnswer).hits.map(({ score, document }) => [document.id, score]);
      };
      const before = await hits(['--index', index], { AKIN_DATABASE: database.url });
      expect(before.length).toBeGreaterThan(0);
      await stop(server);
      const out = await akin(['migrate', '--from', database.url, '--to', index]);
      expect(out.stderr).not.toContain('[');
      expect(out.status).toBe(0);
      expect(await hits(['--index', index], { AKIN_DATABASE: '' })).toEqual(before);
      expect((await akin(['--index', index, 'doctor'], { env: { AKIN_DATABASE: '' } })).stdout).toContain(
        'nothing is wrong',
      );
      expect((await akin(['migrate', '--from', index, '--to', other.url])).status).toBe(0);
      expect(await hits(['--index', index], { AKIN_DATABASE: other.url })).toEqual(before);
      const again = await akin(['migrate', '--from', index, '--to', other.url]);
      expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('INDEX_NOT_EMPTY') });
    } finally {
      await other.close();
    }
  });
});
