import { afterAll, afterEach, beforeAll } from 'vitest';
import { parseFilter } from '../../src/filter.js';
import type { Selection } from '../../src/storage/stored-index.js';
import { type MadeDocument, made, putAll, vectorOfText } from './made-documents.js';
import type { OpenedIndex } from './opened-index.js';

/** The index that a contract test runs against, with shorthands for what most of its tests do. */
export interface IndexUnderTest extends OpenedIndex {
  /** Stores documents; gives their keys in the same order. */
  put(...documents: MadeDocument[]): Promise<number[]>;
  /** The ids of the documents that a selection lets through, as the semantic retriever finds them. */
  found(selection: Partial<Selection>): Promise<string[]>;
  /** The ids of the documents that a filter lets through. */
  filtered(filter: unknown): Promise<string[]>;
}

/**
 * Opens an index for the tests of a `describe`, and removes its documents after each of them.
 * @param open gives an empty one
 */
export function useStoredIndex(open: () => Promise<OpenedIndex>): IndexUnderTest {
  let opened: OpenedIndex;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  afterEach(async () => {
    const { storage, sink } = opened;
    for (const row of await storage.documents.list({ limit: 1_000 })) await sink.remove([row.id]);
  });

  async function put(...documents: MadeDocument[]): Promise<number[]> {
    await putAll(opened.sink, documents.map(made));
    const keys = documents.map(({ id }) => opened.storage.documents.keyOf(id));
    return (await Promise.all(keys)).map((key) => key ?? 0);
  }

  async function found(selection: Partial<Selection>): Promise<string[]> {
    const { storage, semantic } = opened;
    const among = await storage.among({ phrases: [], excluded: [], ...selection });
    const nearest = await semantic.nearest(vectorOfText('any'), 1_000, among);
    const rows = await storage.documents.rows([...nearest.keys()]);
    return Array.from(rows.values(), ({ id }) => id).sort();
  }

  const filtered = (filter: unknown): Promise<string[]> => found({ filter: parseFilter(filter) });

  const shorthands = { put, found, filtered };
  return new Proxy({} as IndexUnderTest, {
    get: (_target, name: keyof IndexUnderTest) => ({ ...opened, ...shorthands })[name],
  });
}
