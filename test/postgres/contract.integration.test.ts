import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../../src/documents/reader.js';
import { DocumentWriter } from '../../src/ingest/document-writer.js';
import { SiteFurniture } from '../../src/ingest/site-furniture.js';
import { PostgresSink } from '../../src/postgres/postgres-sink.js';
import { DIMENSIONS, MODEL, made, vectorOfText } from '../contract/made-documents.js';
import { type OpenedDatabase, openDatabase } from '../contract/opened-index.js';
import { describeStoredIndex } from '../contract/stored-index.js';

describeStoredIndex('an index on a PostgreSQL server', openDatabase);

describe('vectors of a model that another process has replaced', () => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await openDatabase();
  });
  afterAll(() => opened.close());
  const former = { ...MODEL, model: 'former' };

  it('are refused where nobody can make others', async () => {
    const put = opened.sink.put([made({ id: 'a' })], { durable: true, model: former });
    await expect(put).rejects.toMatchObject({ code: 'MODEL_MISMATCH' });
    expect(await opened.storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
  });

  it('are made anew before anything is stored', async () => {
    const embedder = {
      fingerprint: former,
      embedQuery: async (text: string) => vectorOfText(text),
      embedPassages: async (texts: { text: string }[]) =>
        texts.map(({ text }) =>
          embedder.fingerprint === MODEL ? vectorOfText(text) : new Float32Array(DIMENSIONS).fill(0.25),
        ),
      close: async () => undefined,
    };
    const sink = new PostgresSink(opened.database, {
      followModel: async () => {
        embedder.fingerprint = MODEL;
      },
    });
    const reader = { prepare: () => Promise.reject(new Error('There are no pages')) } as unknown as Reader;
    const furniture = new SiteFurniture(opened.storage, reader);
    const writer = new DocumentWriter({ storage: opened.storage, sink, embedder, furniture });
    const { id, fields, hash, text, signature, passages } = made({ id: 'b', text: 'The ferry sails.' });
    const prepared = passages.map((passage) => ({ ...passage, text, input: text, tokens: 4 }));
    const written = await writer.write([
      { id, file: null, fields, hash, text, signature, passages: prepared },
    ]);
    expect(written).toEqual([{ id: 'b', status: 'created', passages: 1 }]);
    const [[key = 0, score = 0] = []] = await opened.semantic.nearest(
      vectorOfText('The ferry sails.'),
      1,
      null,
    );
    expect((await opened.storage.documents.rows([key])).get(key)?.id).toBe('b');
    expect(score).toBeCloseTo(1, 5);
  });
});
