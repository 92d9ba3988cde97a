import { beforeEach, describe, expect, it } from 'vitest';
import { HeldCounts } from '../../src/postgres/held-counts.js';

/** The documents of each term: 1 and 2 are of one way of stemming. */
const DOCUMENTS: Record<number, number[]> = { 1: [10, 11, 12], 2: [12, 13], 3: [20], 4: [] };
const [ferry, ferries, gare, nowhere] = [
  { id: 1, stemming: 'en' },
  { id: 2, stemming: 'en' },
  { id: 3, stemming: 'fr' },
  { id: 4, stemming: 'fr' },
];

let asked: number[][] = [];
/** Stands for the server, which counts documents of some terms by place. */
const session = {
  query: async <Row extends object>(_sql: string, [places, ids]: unknown[] = []): Promise<Row[]> => {
    const terms = ids as number[];
    asked.push(terms);
    const having = new Map<number, Set<number>>();
    for (const [index, place] of (places as number[]).entries()) {
      const documents = having.get(place) ?? new Set();
      for (const document of DOCUMENTS[terms[index] ?? 0] ?? []) documents.add(document);
      having.set(place, documents);
    }
    const rows = Array.from(having, ([place, documents]) => ({ place, count: documents.size }));
    return rows.filter(({ count }) => count > 0) as unknown as Row[];
  },
};

describe('counts of documents that have terms', () => {
  beforeEach(() => {
    asked = [];
  });

  it('count a document with several of them once', async () => {
    const sets = [[ferry], [ferry, ferries], [ferries, ferry, gare], [nowhere], []];
    const having = await new HeldCounts().of(sets, 1, session);
    expect(sets.map(having)).toEqual([3, 4, 5, 0, 0]);
  });

  it('are asked for once, also where there are none, until something is written', async () => {
    const counts = new HeldCounts();
    const first = await counts.of([[ferry], [nowhere]], 1, session);
    const second = await counts.of([[ferry], [nowhere], [gare]], 1, session);
    expect(asked).toEqual([[1, 4], [3]]);
    expect([first([ferry]), second([ferry]), second([gare]), second([nowhere])]).toEqual([3, 3, 1, 0]);
    await counts.of([[ferry]], 2, session);
    expect(asked).toEqual([[1, 4], [3], [1]]);
  });

  it('of searches at two revisions do not mix', async () => {
    const counts = new HeldCounts();
    const slow = { query: async <Row extends object>(): Promise<Row[]> => [] };
    const older = counts.of([[ferry]], 1, slow);
    const newer = counts.of([[ferry]], 2, session);
    expect((await older)([ferry])).toBe(0);
    expect((await newer)([ferry])).toBe(3);
    expect((await counts.of([[ferry]], 2, session))([ferry])).toBe(3);
    expect(asked).toEqual([[1]]);
  });
});
