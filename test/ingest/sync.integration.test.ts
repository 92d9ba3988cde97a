import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/index.js';
import { folderForTest } from '../e2e/process.js';
import { openAt, sharedIndex } from '../support/app.js';

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

async function idsIn(engine: Engine): Promise<string[]> {
  const { documents } = await engine.listDocuments({ limit: 1_000 });
  return documents.map(({ id }) => id).sort();
}

describe('a folder that is brought in again', () => {
  async function prepare(): Promise<{ engine: Engine; corpus: string }> {
    const { engine } = await sharedIndex();
    const corpus = makeCorpus();
    expect((await engine.ingest([corpus])).counts).toMatchObject({ total: 4, created: 4 });
    return { engine, corpus };
  }

  it('reads only what changed, and where it prunes removes what is gone', async () => {
    const { engine, corpus } = await prepare();
    expect((await engine.ingest([corpus])).counts).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    writeFileSync(join(corpus, 'ferry.txt'), `${STORIES['ferry.txt']} It was repaired in May.`);
    // A new time alone is no change.
    utimesSync(join(corpus, 'bakery.txt'), new Date(), new Date());
    rmSync(join(corpus, 'old', 'tram.txt'));
    expect((await engine.ingest([corpus])).counts).toMatchObject({ updated: 1, unchanged: 2, removed: 0 });
    expect(await idsIn(engine)).toContain('old/tram.txt');
    expect((await engine.ingest([corpus], { prune: true })).counts).toMatchObject({
      unchanged: 3,
      removed: 1,
    });
    expect(await idsIn(engine)).toEqual(['bakery.txt', 'ferry.txt', 'old/museum.txt']);
  });

  it('takes a file that got another name for the same, without embedding it again', async () => {
    const { engine, corpus } = await prepare();
    const passages = async (id: string): Promise<number[]> => {
      const { hits } = await engine.search({ query: STORIES['old/museum.txt'] ?? '' });
      return (hits.find(({ document }) => document.id === id)?.passages ?? []).map((passage) => passage.id);
    };
    const before = await passages('old/museum.txt');
    mkdirSync(join(corpus, 'new'));
    renameSync(join(corpus, 'old', 'museum.txt'), join(corpus, 'new', 'museum-of-corvina.txt'));
    expect((await engine.ingest([corpus])).counts).toMatchObject({ created: 0, unchanged: 4, removed: 0 });
    expect(await idsIn(engine)).toEqual([
      'bakery.txt',
      'ferry.txt',
      'new/museum-of-corvina.txt',
      'old/tram.txt',
    ]);
    expect(before).toHaveLength(1);
    expect(await passages('new/museum-of-corvina.txt')).toEqual(before);
  });

  it('names what failed again without reading it, until retrying or a change mends it', async () => {
    const { engine, corpus } = await prepare();
    writeFileSync(join(corpus, 'list.json'), '[]');
    const failures = [{ item: 'list.json', code: 'INVALID_DOCUMENT', detail: expect.any(String) }];
    expect(await engine.ingest([corpus])).toMatchObject({ status: 'partial', errors: failures });
    expect(await engine.ingest([corpus])).toMatchObject({ status: 'partial', errors: failures });
    expect(await engine.retryFailed()).toMatchObject({
      status: 'failed',
      counts: { total: 1, failed: 1 },
      errors: failures,
    });
    writeFileSync(
      join(corpus, 'list.json'),
      JSON.stringify([{ id: 'swift', text: 'Swifts nest in the tower.' }]),
    );
    expect(await engine.retryFailed()).toMatchObject({ status: 'succeeded', counts: { created: 1 } });
    expect(await engine.retryFailed()).toMatchObject({ status: 'succeeded', counts: { total: 0 } });
    expect(await engine.ingest([corpus])).toMatchObject({ status: 'succeeded', errors: [] });
  });
});

it('passes over what an .akinignore names, and prunes what one comes to name', async () => {
  const [{ engine }, corpus] = [await sharedIndex(), makeCorpus()];
  writeFileSync(join(corpus, '.akinignore'), '# drafts\nold/*\n!old/tram.txt\n');
  expect((await engine.ingest([corpus])).counts).toMatchObject({ total: 3, created: 3 });
  writeFileSync(join(corpus, 'old', '.akinignore'), 'tram.txt\n');
  await engine.ingest([corpus], { prune: true });
  expect(await idsIn(engine)).toEqual(['bakery.txt', 'ferry.txt']);
});

it('follows symbolic links only when asked, and each folder once', async () => {
  const [{ engine }, corpus, outside] = [await sharedIndex(), makeCorpus(), folderForTest()];
  writeFileSync(join(outside, 'secret.txt'), 'The key lies under the third stone.');
  symlinkSync(outside, join(corpus, 'link'));
  symlinkSync(corpus, join(corpus, 'old', 'loop'));
  expect((await engine.ingest([corpus])).counts).toMatchObject({ total: 4 });
  expect((await engine.ingest([corpus], { followLinks: true })).counts).toMatchObject({
    total: 5,
    created: 1,
  });
  expect(await idsIn(engine)).toContain('link/secret.txt');
});

it('does not take an emptied folder for the removal of all that was in it', async () => {
  const [{ engine }, corpus] = [await sharedIndex(), makeCorpus()];
  await engine.ingest([corpus]);
  for (const name of readdirSync(corpus)) rmSync(join(corpus, name), { recursive: true });
  expect(await engine.ingest([corpus], { prune: true })).toMatchObject({
    status: 'failed',
    errors: [{ code: 'NOTHING_FOUND' }],
  });
  expect(await idsIn(engine)).toHaveLength(4);
});

it('an index that is opened again embeds nothing again and answers the same', async () => {
  const [index, corpus] = [folderForTest(), makeCorpus()];
  const query = 'when is the last bread sold?';
  const first = await openAt(index);
  expect((await first.ingest([corpus])).counts).toMatchObject({ created: 4, unchanged: 0 });
  const before = (await first.search({ query })).hits;
  await first.close();
  const second = await openAt(index);
  expect(before[0]?.document.id).toBe('bakery.txt');
  expect((await second.search({ query })).hits).toEqual(before);
  expect((await second.ingest([corpus])).counts).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
  expect(second.activity.passagesEmbedded).toBe(0);
  await second.close();
});

it('a document that changes is replaced, a story that leaves its file is removed', async () => {
  const [{ engine }, corpus] = [await sharedIndex(), folderForTest()];
  const lines = (stories: Record<string, string>): string =>
    Object.entries(stories)
      .map(([id, text]) => JSON.stringify({ id, text }))
      .join('\n');
  const [ferry, bakery, museum] = Object.values(STORIES) as [string, string, string];
  const ingest = async () => (await engine.ingest([corpus])).counts;
  mkdirSync(join(corpus, 'deep'));
  const file = join(corpus, 'deep', 'news.jsonl');
  writeFileSync(file, lines({ ferry, bakery, museum }));
  expect(await ingest()).toMatchObject({ total: 1, created: 3 });
  writeFileSync(file, lines({ ferry, bakery: 'The lighthouse burned down.' }));
  expect(await ingest()).toMatchObject({ created: 0, updated: 1, unchanged: 1, removed: 1 });
  expect(await ingest()).toMatchObject({ updated: 0, unchanged: 2, removed: 0 });
  const { hits } = await engine.search({ query: 'fire in the lighthouse' });
  expect(hits[0]?.document.id).toBe('bakery');
});
