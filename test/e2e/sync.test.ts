import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job, SearchAnswer, StoredPassage } from '../../src/index.js';
import { akin, call, folderForTest, ROOT, type RunningServer, startServer } from './process.js';

const STORIES: Record<string, string> = {
  'ferry.txt': 'The ferry turned back in the storm because a wave had broken its ramp.',
  'bakery.txt': 'The bakery by the harbour sells its last bread at noon on Saturdays.',
  'old/museum.txt': 'The museum shows the bell that was raised from the wreck of the Corvina.',
  'old/tram.txt': 'A new tram line shall run through the old town from June, the council said.',
};

function makeCorpus(): string {
  const corpus = folderForTest();
  mkdirSync(join(corpus, 'old'));
  for (const [name, text] of Object.entries(STORIES)) writeFileSync(join(corpus, name), text);
  return corpus;
}

/** Runs akin ingest with --json; gives the job and the exit status. */
async function ingest(index: string, ...args: string[]): Promise<Job & { exit: number | null }> {
  const { status: exit, stdout, stderr } = await akin(['--index', index, '--json', 'ingest', ...args]);
  if (stdout === '') throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Job), exit };
}

async function idsIn(index: string): Promise<string[]> {
  const { documents } = JSON.parse((await akin(['--index', index, '--json', 'list'])).stdout);
  return documents.map(({ id }: { id: string }) => id).sort();
}

describe.each(['alone', 'through a server'])('akin ingest, again, %s', (how) => {
  async function prepare(): Promise<{ index: string; corpus: string }> {
    const index = folderForTest();
    if (how === 'through a server') {
      const server = await startServer(index);
      onTestFinished(async () => void (await server.stop()));
    }
    const corpus = makeCorpus();
    expect((await ingest(index, corpus)).counts).toMatchObject({ total: 4, created: 4 });
    return { index, corpus };
  }

  it('reads only what changed, and with --prune removes what is gone', async () => {
    const { index, corpus } = await prepare();
    expect((await ingest(index, corpus)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    writeFileSync(join(corpus, 'ferry.txt'), `${STORIES['ferry.txt']} It was repaired in May.`);
    // A new time alone is no change.
    utimesSync(join(corpus, 'bakery.txt'), new Date(), new Date());
    rmSync(join(corpus, 'old', 'tram.txt'));
    expect((await ingest(index, corpus)).counts).toMatchObject({ updated: 1, unchanged: 2, removed: 0 });
    expect(await idsIn(index)).toContain('old/tram.txt');
    expect((await ingest(index, '--prune', corpus)).counts).toMatchObject({ unchanged: 3, removed: 1 });
    expect(await idsIn(index)).toEqual(['bakery.txt', 'ferry.txt', 'old/museum.txt']);
  });

  it('takes a file that got another name for the same, without embedding it again', async () => {
    const { index, corpus } = await prepare();
    const passages = async (id: string): Promise<number[]> => {
      const query = ['--index', index, '--json', 'search', STORIES['old/museum.txt'] ?? ''];
      const { hits } = JSON.parse((await akin(query)).stdout) as SearchAnswer;
      const found = hits.find(({ document }) => document.id === id)?.passages ?? [];
      return found.map((passage: StoredPassage) => passage.id);
    };
    const before = await passages('old/museum.txt');
    mkdirSync(join(corpus, 'new'));
    renameSync(join(corpus, 'old', 'museum.txt'), join(corpus, 'new', 'museum-of-corvina.txt'));
    expect((await ingest(index, corpus)).counts).toMatchObject({ created: 0, unchanged: 4, removed: 0 });
    expect(await idsIn(index)).toEqual([
      'bakery.txt',
      'ferry.txt',
      'new/museum-of-corvina.txt',
      'old/tram.txt',
    ]);
    expect(before).toHaveLength(1);
    expect(await passages('new/museum-of-corvina.txt')).toEqual(before);
  });

  it('names what failed again without reading it, until --retry-failed or a change mends it', async () => {
    const { index, corpus } = await prepare();
    writeFileSync(join(corpus, 'list.json'), '[]');
    const failures = [{ item: 'list.json', code: 'INVALID_DOCUMENT', detail: expect.any(String) }];
    expect(await ingest(index, corpus)).toMatchObject({ exit: 1, errors: failures });
    expect(await ingest(index, corpus)).toMatchObject({ exit: 1, errors: failures });
    expect(await ingest(index, '--retry-failed')).toMatchObject({
      exit: 1,
      counts: { total: 1, failed: 1 },
      errors: failures,
    });
    writeFileSync(
      join(corpus, 'list.json'),
      JSON.stringify([{ id: 'swift', text: 'Swifts nest in the tower.' }]),
    );
    expect(await ingest(index, '--retry-failed')).toMatchObject({ exit: 0, counts: { created: 1 } });
    expect(await ingest(index, '--retry-failed')).toMatchObject({ exit: 0, counts: { total: 0 } });
    expect(await ingest(index, corpus)).toMatchObject({ exit: 0, errors: [] });
  });
});

it('passes over what an .akinignore names, and prunes what one comes to name', async () => {
  const [index, corpus] = [folderForTest(), makeCorpus()];
  writeFileSync(join(corpus, '.akinignore'), '# drafts\nold/*\n!old/tram.txt\n');
  expect((await ingest(index, corpus)).counts).toMatchObject({ total: 3, created: 3 });
  writeFileSync(join(corpus, 'old', '.akinignore'), 'tram.txt\n');
  await ingest(index, '--prune', corpus);
  expect(await idsIn(index)).toEqual(['bakery.txt', 'ferry.txt']);
});

it('follows symbolic links only when asked, and each folder once', async () => {
  const [index, corpus, outside] = [folderForTest(), makeCorpus(), folderForTest()];
  writeFileSync(join(outside, 'secret.txt'), 'The key lies under the third stone.');
  symlinkSync(outside, join(corpus, 'link'));
  symlinkSync(corpus, join(corpus, 'old', 'loop'));
  expect((await ingest(index, corpus)).counts).toMatchObject({ total: 4 });
  expect((await ingest(index, '--follow-links', corpus)).counts).toMatchObject({ total: 5, created: 1 });
  expect(await idsIn(index)).toContain('link/secret.txt');
});

it('does not take an emptied folder for the removal of all that was in it', async () => {
  const [index, corpus] = [folderForTest(), makeCorpus()];
  await ingest(index, corpus);
  for (const name of readdirSync(corpus)) rmSync(join(corpus, name), { recursive: true });
  expect(await ingest(index, '--prune', corpus)).toMatchObject({
    exit: 1,
    errors: [{ code: 'NOTHING_FOUND' }],
  });
  expect(await idsIn(index)).toHaveLength(4);
});

it('no request may name files of the machine without the key of the user who runs the server', async () => {
  const server = await startServer(folderForTest());
  for (const key of ['', 'x'.repeat(43)]) {
    const response = await fetch(`${server.address}/v1/jobs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: JSON.stringify({ paths: ['/etc'] }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'UNAUTHORIZED' });
  }
  await server.stop();
});

it('an interrupted ingest keeps what it stored, and the next one goes on', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  for (let number = 0; number < 600; number++) {
    const sentence = `Report ${number} says that the council meets on day ${number * 3} about the bridge. `;
    writeFileSync(join(corpus, `${number}.txt`), sentence.repeat(12));
  }
  const child = spawn(process.execPath, [
    join(ROOT, 'dist', 'cli', 'main.js'),
    ...['--index', index, '--json', 'ingest', corpus],
  ]);
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const closed = once(child, 'close');
  // Once vectors are written, some documents are stored; 600 of these take megabytes, an empty index half a one.
  const log = join(index, 'akin.db-wal');
  while (child.exitCode === null && (statSync(log, { throwIfNoEntry: false })?.size ?? 0) < 1_200_000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const [status, sig] = await closed;
  console.log(sig);
  expect(status).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ status: 'cancelled' });
  const ended = await ingest(index, corpus);
  expect(ended).toMatchObject({ status: 'succeeded', counts: { total: 600, done: 600, failed: 0 } });
  expect(await idsIn(index)).toHaveLength(600);
});

describe('a server with --watch', () => {
  const eventually = async <T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
    let value = await look();
    for (let tries = 0; !holds(value) && tries < 300; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      value = await look();
    }
    return value;
  };
  const listed = async (server: RunningServer): Promise<string[]> => {
    const { body } = await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents?limit=100');
    return body.documents.map(({ id }) => id).sort();
  };

  it('follows its corpus: new, changed, moved and removed files, and waits for half-written ones', async () => {
    const [index, corpus] = [folderForTest(), makeCorpus()];
    const server = await startServer(index, ['--corpus', corpus, '--watch']);
    await eventually(
      () => listed(server),
      (ids) => ids.length === 4,
    );

    writeFileSync(join(corpus, 'owl.txt'), 'An owl has moved into the belfry');
    for (let part = 0; part < 12; part++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      appendFileSync(join(corpus, 'owl.txt'), `, and part ${part} of the report came`);
      expect(await listed(server)).not.toContain('owl.txt');
    }
    appendFileSync(join(corpus, 'owl.txt'), '.');
    expect(
      await eventually(
        () => listed(server),
        (ids) => ids.includes('owl.txt'),
      ),
    ).toContain('owl.txt');
    const { body } = await call<{ text: string }>(server, 'GET', '/v1/documents/owl.txt');
    expect(body.text).toMatch(/part 11 of the report came\.$/);

    const passageOf = async (id: string): Promise<number | undefined> =>
      (
        await call<{ passages: { id: number }[] }>(
          server,
          'GET',
          `/v1/documents/${encodeURIComponent(id)}/passages`,
        )
      ).body.passages?.[0]?.id;
    const tram = await passageOf('old/tram.txt');
    rmSync(join(corpus, 'bakery.txt'));
    renameSync(join(corpus, 'old', 'tram.txt'), join(corpus, 'tram.txt'));
    const expected = ['ferry.txt', 'old/museum.txt', 'owl.txt', 'tram.txt'];
    expect(
      await eventually(
        () => listed(server),
        (ids) => ids.join() === expected.join(),
      ),
    ).toEqual(expected);
    expect(await passageOf('tram.txt')).toBe(tram);
    expect(await server.stop()).toBe(0);
  });
});
