import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AkinClient, AkinClientError, type Job, type NewDocument } from '../../src/client/index.js';
import { folderForTest, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';
import { startProxy, type UnsteadyProxy } from './unsteady-proxy.js';

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

const FERRY = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp';
const REPORT = `${FERRY}. Nobody was hurt, and the passengers slept in the school of the harbour town.`;
const DOCUMENTS: NewDocument[] = [
  {
    id: 'a/ferry',
    title: 'Ferry to Sandholm turns back',
    source: 'Desk',
    publishedAt: '2025-05-01',
    text: REPORT,
  },
  {
    id: 'again',
    title: 'Ferry to Sandholm sails again',
    source: 'Desk',
    publishedAt: '2025-05-03',
    text: 'The Sandholm ferry, which had to turn back in the storm when a wave broke its ramp, sails again. Its ramp was welded.',
  },
  { id: 'bees', title: 'Bees', source: 'Notes', tags: ['bees'], text: 'He keeps bees behind the church.' },
];

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('It was fulfilled.'),
    (error: unknown) => error,
  );
}

async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('documents', () => {
  it('are brought in, read, replaced and removed', async () => {
    const written = await client.documents.add(DOCUMENTS);
    expect(written.map(({ id, status }) => [id, status])).toEqual([
      ['a/ferry', 'created'],
      ['again', 'created'],
      ['bees', 'created'],
    ]);
    expect(await client.documents.add(DOCUMENTS[0] ?? {})).toMatchObject([{ status: 'unchanged' }]);
    expect(await client.documents.get('a/ferry')).toMatchObject({
      title: 'Ferry to Sandholm turns back',
      text: REPORT,
    });
    expect(await client.documents.passages('a/ferry')).toMatchObject([{ text: REPORT, start: 0 }]);
    expect(await client.documents.put('note', { text: 'A note.' })).toMatchObject({ status: 'created' });
    expect(await client.documents.put('note', { text: 'Another.' })).toMatchObject({ status: 'updated' });
    expect([await client.documents.delete('note'), await client.documents.delete('note')]).toEqual([
      true,
      false,
    ]);
    await client.documents.put('note', { text: 'A note.', source: 'Gone' });
    expect(await client.documents.deleteWhere({ source: 'Gone' })).toBe(1);
  });

  it('are listed page by page as they are wanted', async () => {
    proxy.play();
    const through = new AkinClient({ baseUrl: proxy.address });
    const all = await collected(through.documents.list({ limit: 1 }));
    expect(all.map(({ id }) => id)).toEqual(['a/ferry', 'again', 'bees']);
    expect(proxy.asked).toHaveLength(3);
    proxy.play();
    for await (const { id } of through.documents.list({ limit: 1, filter: { source: 'Desk' } })) {
      expect(id).toBe('a/ferry');
      break;
    }
    expect(proxy.asked).toHaveLength(1);
    expect(await client.documents.page({ limit: 2 })).toMatchObject({
      documents: [{}, {}],
      nextCursor: expect.any(String),
    });
  });
});

describe('questions', () => {
  it('are answered', async () => {
    const { hits } = await client.search({
      query: 'who slept in the school?',
      filter: { source: 'Desk' },
    });
    expect(hits[0]?.document.id).toBe('a/ferry');
    const [bees, ferry] = await client.searchBatch([
      { query: 'beekeeper', limit: 1 },
      { query: 'ferry', mode: 'keyword' },
    ]);
    expect([bees?.hits[0]?.document.id, ferry?.mode]).toEqual(['bees', 'keyword']);
    const related = await client.related('a/ferry', { limit: 1, filter: { source: { in: ['Desk'] } } });
    expect(related).toMatchObject({ limit: 1, hits: [{ document: { id: 'again' } }] });
    const to = await client.relatedTo(
      {
        title: 'Ramp welded',
        text: 'The ramp of the Sandholm ferry, which a wave broke in the storm, was welded.',
      },
      { limit: 1 },
    );
    expect(to.hits[0]?.document.id).toBe('again');
    expect((await client.stats()).documents).toBe(3);
    const { data } = await client.embeddings(['one', 'two']);
    expect(data.map(({ embedding }) => embedding.length)).toEqual([384, 384]);
  });

  it('for stories are answered', async () => {
    const [story] = await collected(client.stories({ limit: 1 }));
    expect(story?.documents.map(({ id }) => id)).toEqual(['a/ferry', 'again']);
    expect(await client.storyOf('again')).toEqual(story);
    expect(await client.storyOf('bees')).toBeNull();
  });
});

describe('jobs', () => {
  it.each<[string, () => Parameters<AkinClient['documents']['import']>[0]]>([
    [
      'a list',
      () => [
        { id: 'n1', text: 'One.' },
        { id: 'n2', text: 'Two.' },
      ],
    ],
    ['text', () => '{"id":"n1","text":"One."}\n{"id":"n2","text":"Two."}\n'],
    ['a blob', () => new Blob(['{"id":"n1","text":"One."}\n{"id":"n2","text":"Two."}\n'])],
    [
      'a generator',
      async function* () {
        for (const id of ['n1', 'n2']) {
          await new Promise((resolve) => setImmediate(resolve));
          yield { id, text: id === 'n1' ? 'One.' : 'Two.' };
        }
      },
    ],
  ])('bring in documents from %s', async (_what, source) => {
    const job = await client.documents.import(source());
    expect(await client.jobs.wait(job.id)).toMatchObject({ status: 'succeeded', counts: { done: 2 } });
    expect(await client.documents.get('n2')).toMatchObject({ text: 'Two.' });
  });

  it('bring in files, and are followed to their end', async () => {
    const file = readFileSync(join(ROOT, 'corpus/energy/tidal-gate-opens.md'));
    const job = await client.upload([
      { name: 'energy/opens.md', content: new Blob([file]) },
      { name: 'more.txt', content: 'More text.' },
    ]);
    const states = await collected(client.jobs.follow(job.id));
    expect(states.at(-1)).toMatchObject({ id: job.id, status: 'succeeded', counts: { created: 2 } });
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
    expect((await client.documents.get('energy/opens.md')).title).toMatch(/Aske Tidal Gate/);
    expect((await client.jobs.list())[0]?.id).toBe(job.id);
    expect(await client.jobs.cancel(job.id)).toMatchObject({ status: 'succeeded' });
  });

  it('are asked for again where their events break off, or are no events', async () => {
    const through = new AkinClient({ baseUrl: proxy.address });
    for (const fate of ['cut', 'foreign', 'lost'] as const) {
      const texts = Array.from({ length: 60 }, (_, place) => ({ text: `${fate} ${place}. ${FERRY}.` }));
      const { id } = await client.documents.import(texts);
      proxy.play(fate);
      const seen: Job[] = [];
      const last = await through.jobs.wait(id, { onProgress: (job) => seen.push(job) });
      expect(last).toMatchObject({ id, status: 'succeeded', counts: { done: 60 } });
      expect(seen.at(-1)).toEqual(last);
      if (fate !== 'lost') expect(proxy.asked).toContain(`GET /v1/jobs/${id}`);
    }
  });
});

describe('a failure', () => {
  it('has the code, the status, what is wrong and the id in the log', async () => {
    const missing = await failureOf(client.documents.get('missing'));
    expect(missing).toBeInstanceOf(AkinClientError);
    expect(missing).toMatchObject({
      code: 'DOCUMENT_NOT_FOUND',
      status: 404,
      message: 'There is no document "missing" in the index.',
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(await failureOf(client.search({ query: '', limit: -1 }))).toMatchObject({
      code: 'INVALID_REQUEST',
      status: 400,
      issues: [{ path: 'query' }, { path: 'limit' }],
    });
    expect(await failureOf(collected(client.jobs.follow('missing')))).toMatchObject({
      code: 'JOB_NOT_FOUND',
    });
  });

  it('says so where nobody listens, or somebody else', async () => {
    const nobody = new AkinClient({ baseUrl: 'http://127.0.0.1:1', retries: 0 });
    expect(await failureOf(nobody.stats())).toMatchObject({ code: 'SERVER_UNREACHABLE', status: null });
    proxy.play('foreign');
    const through = new AkinClient({ baseUrl: proxy.address });
    expect(await failureOf(through.stats())).toMatchObject({ code: 'SERVER_UNREACHABLE', status: 502 });
    expect(proxy.asked).toHaveLength(1);
    expect(() => new AkinClient({ baseUrl: 'nowhere' })).toThrow(/baseUrl/);
  });
});

describe('what was refused for now', () => {
  it('is sent again', async () => {
    const through = new AkinClient({ baseUrl: proxy.address });
    proxy.play('busy', 'limited');
    expect((await through.search({ query: 'bees' })).hits[0]?.document.id).toBe('bees');
    expect(proxy.asked).toEqual(Array(3).fill('POST /v1/search'));
    proxy.play('busy');
    const job = await through.upload([{ name: 'again.txt', content: 'Sent again.' }]);
    expect(await client.jobs.wait(job.id)).toMatchObject({ status: 'succeeded', counts: { done: 1 } });
  });

  it('is given up after so many times, or where the server asks for too much patience', async () => {
    proxy.play('busy', 'busy', 'busy');
    const impatient = new AkinClient({ baseUrl: proxy.address, retries: 1 });
    expect(await failureOf(impatient.stats())).toMatchObject({
      code: 'BUSY',
      status: 503,
      message: 'Not now.',
    });
    expect(proxy.asked).toHaveLength(2);
    proxy.play('overdue');
    const through = new AkinClient({ baseUrl: proxy.address });
    expect(await failureOf(through.stats())).toMatchObject({ code: 'BUSY' });
    expect(proxy.asked).toHaveLength(1);
  });
});

describe('what got lost', () => {
  it('is sent again where that does no harm', async () => {
    const through = new AkinClient({ baseUrl: proxy.address });
    proxy.play('lost', 'lost');
    expect((await through.search({ query: 'bees' })).hits[0]?.document.id).toBe('bees');
    expect(proxy.asked).toHaveLength(3);
    proxy.play('lost');
    const lost = through.upload([{ name: 'lost.txt', content: 'Lost.' }]);
    expect(await failureOf(lost)).toMatchObject({ code: 'SERVER_UNREACHABLE' });
    expect(proxy.asked).toHaveLength(1);
  });
});

describe('an abort', () => {
  const aborted = { name: 'AbortError' };

  it('ends a call before it begins, while it is under way, and while it waits to be sent again', async () => {
    const through = new AkinClient({ baseUrl: proxy.address, retries: 1_000 });
    proxy.play();
    expect(await failureOf(through.stats({ signal: AbortSignal.abort() }))).toMatchObject(aborted);
    expect(proxy.asked).toEqual([]);
    for (const fates of [['held'], Array(1_000).fill('busy')]) {
      const controller = new AbortController();
      proxy.play(...fates);
      const call = failureOf(through.stats({ signal: controller.signal }));
      while (proxy.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort();
      expect(await call).toMatchObject(aborted);
    }
  });

  it('ends following a job, and all that a client with that signal does', async () => {
    const controller = new AbortController();
    const own = new AkinClient({ baseUrl: proxy.address, signal: controller.signal });
    proxy.play('held', 'held');
    const calls = [failureOf(own.stats()), failureOf(collected(own.jobs.follow('any')))];
    while (proxy.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    for (const call of calls) expect(await call).toMatchObject(aborted);
  });
});

describe('the package', () => {
  it('has a client that needs nothing but what every runtime has', () => {
    const seen = new Set<string>();
    const follow = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const imports = readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'"]+)['"]/gm);
      for (const [, name = ''] of imports) {
        expect([path, name]).toEqual([path, expect.stringMatching(/^\.{1,2}\//)]);
        follow(join(path, '..', name));
      }
      expect(readFileSync(path, 'utf8')).not.toMatch(/\b(process|Buffer)\.|\b(require|import)\(['"]/);
    };
    follow(join(ROOT, 'dist/client/index.js'));
    expect([...seen].map((path) => path.slice(ROOT.length))).toContain('dist/client/transport.js');
  });

  it('types it for a browser', async () => {
    const folder = folderForTest();
    writeFileSync(
      join(folder, 'page.ts'),
      `import { AkinClient, type Hit } from '${join(ROOT, 'dist/client/index.js')}';
       const client = new AkinClient({ baseUrl: location.origin, apiKey: 'key' });
       const titles: (string | null)[] = (await client.search({ query: 'x' })).hits.map(({ document }: Hit) => document.title);
       // @ts-expect-error: a limit is a number.
       await client.search({ query: 'x', limit: 'ten' });
       export { titles };`,
    );
    const options =
      '--noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler';
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const args = [...options.split(' '), '--lib', 'es2023,dom,dom.iterable', '--types', '', 'page.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, ...args], { cwd: folder });
    expect(stdout).toBe('');
  });

  it('is imported by its name', async () => {
    const script = `import { AkinClient } from 'akin/client';
      const client = new AkinClient({ baseUrl: '${server.address}' });
      console.log((await client.stats()).model.name);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    expect((await run).stdout.trim()).toBe('all-MiniLM-L6-v2');
  });
});

it('a key goes with every call', async () => {
  const key = await server.makeKey({ scope: 'read' });
  expect(await failureOf(client.stats())).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
  const keyed = new AkinClient({ baseUrl: `${server.address}/`, apiKey: key });
  expect((await keyed.stats()).documents).toBeGreaterThan(3);
  expect(await failureOf(keyed.documents.delete('bees'))).toMatchObject({ code: 'FORBIDDEN', status: 403 });
});
