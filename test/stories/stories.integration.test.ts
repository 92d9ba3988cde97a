import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unitVector } from '../../src/embedding/vector-math.js';
import { Storage } from '../../src/storage/storage.js';
import { Stories } from '../../src/stories/stories.js';
import type { Story } from '../../src/stories/story.js';

const DIMENSIONS = 24;

/** A generator of numbers from −0.5 to 0.5 that gives the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.5;
  };
}

interface Made {
  id: string;
  publishedAt: string | null;
  vectors: Float32Array[];
}

/** Documents around a few events, most with a date; and one event with more documents than are linked to one. */
function made(count: number, events: number, seed: number): Made[] {
  const next = random(seed);
  const vector = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, next);
  const centres = Array.from({ length: events }, vector);
  return Array.from({ length: count }, (_, index) => {
    const event = index % 3 === 0 ? 0 : index % events;
    const vectors = [0, 1].map(() =>
      unitVector((centres[event] ?? vector()).map((value) => value + next() * 0.8)),
    );
    const day = String(1 + ((event * 5 + index) % 28)).padStart(2, '0');
    return { id: `d${index}`, publishedAt: index % 5 === 0 ? null : `2025-07-${day}`, vectors };
  });
}

function openStorage(): Storage {
  const folder = mkdtempSync(join(tmpdir(), 'akin-stories-'));
  const storage = Storage.open(folder);
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true });
  });
  return storage;
}

function put(storage: Storage, { id, publishedAt, vectors }: Made): void {
  const text = vectors.map((_, index) => `Part ${index} of ${id}.`).join('\n');
  let start = 0;
  const passages = vectors.map((vector, index) => {
    const length = `Part ${index} of ${id}.`.length;
    const passage = { start, end: start + length, page: null, heading: null, vector };
    start += length + 1;
    return passage;
  });
  const fields = {
    title: `Title of ${id}`,
    url: null,
    source: null,
    author: null,
    publishedAt,
    language: null,
    tags: [],
    metadata: {},
  };
  storage.documents.put({ id, file: null, hash: `${id} ${publishedAt}`, fields, text, passages });
}

async function storiesOf(documents: Made[]): Promise<Story[]> {
  const storage = openStorage();
  storage.transaction(() => {
    for (const document of documents) put(storage, document);
  });
  return new Stories(storage).all();
}

describe('stories', () => {
  const documents = made(330, 40, 11);

  it('are the same in whatever order the documents came', async () => {
    const expected = await storiesOf(documents);
    expect(expected.length).toBeGreaterThan(5);
    expect(Math.max(...expected.map((story) => story.documents.length))).toBeGreaterThan(30);
    for (const seed of [1, 2]) {
      const next = random(seed);
      const shuffled = documents
        .map((document) => ({ document, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ document }) => document);
      expect(await storiesOf(shuffled)).toEqual(expected);
    }
  });

  it('follow the index: after each change they are those of an index made at once', async () => {
    const storage = openStorage();
    const stories = new Stories(storage);
    const [early, late] = [documents.slice(0, 150), documents.slice(150)];
    for (const document of early) put(storage, document);
    expect(await stories.all()).toEqual(await storiesOf(early));
    for (const document of late) put(storage, document);
    expect(await stories.all()).toEqual(await storiesOf(documents));
    for (const { id } of early) storage.documents.remove(id);
    expect(await stories.all()).toEqual(await storiesOf(late));
    const moved = late.map((document) => ({ ...document, publishedAt: '2025-01-01' }));
    for (const document of moved.slice(0, 60)) put(storage, document);
    expect(await stories.all()).toEqual(await storiesOf([...moved.slice(0, 60), ...late.slice(60)]));
  });

  it('hold versions of one text, which make no story by themselves', async () => {
    const storage = openStorage();
    const [vector = new Float32Array()] = documents[0]?.vectors ?? [];
    const signature = new Uint32Array(64);
    for (const id of ['a', 'b']) put(storage, { id, publishedAt: '2025-07-01', vectors: [vector] });
    storage.versions.add(1, signature, []);
    storage.versions.add(2, signature, [1]);
    const stories = new Stories(storage);
    expect(await stories.all()).toEqual([]);
    put(storage, { id: 'c', publishedAt: '2025-07-03', vectors: [vector] });
    const [story] = await stories.all();
    expect(story).toMatchObject({ id: 'a', firstAt: '2025-07-01', lastAt: '2025-07-03' });
    expect(story?.documents.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(await stories.of('b')).toEqual(story);
  });

  it('come the newest first, those without a date behind', async () => {
    const found = await storiesOf(documents);
    const dates = found.map(({ lastAt }) => lastAt ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
  });
});
