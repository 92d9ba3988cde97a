import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import { parseFilter } from '../../src/filter.js';
import type { PostgresDatabase } from '../../src/postgres/database.js';
import { PostgresKeywordLeg } from '../../src/postgres/keyword-leg.js';
import type { StorableDocument } from '../../src/storage/document-store.js';
import type { Among, Selection } from '../../src/storage/stored-index.js';
import { made, putAll, vectorOfText } from '../contract/made-documents.js';
import { documentFields, filters } from '../contract/made-filters.js';
import { type OpenedDatabase, type OpenedIndex, openDatabase, openFolder } from '../contract/opened-index.js';

const DOCUMENTS = 400;

/** Two words of one stem, words whose stems differ by language, words that are nearly everywhere. */
const WORDS = [
  ...['the', 'the', 'the', 'of', 'ferry', 'ferries', 'run', 'running', 'gare', 'gares', 'été', 'ete'],
  ...['orchard', 'lighthouse', 'night', 'nights', 'général', 'general', 'generals', 'informer'],
];
const word = fc.constantFrom(...WORDS);

let folder: OpenedIndex;
let server: OpenedDatabase;
let documents: StorableDocument[];

beforeAll(async () => {
  [folder, server] = await Promise.all([openFolder(), openDatabase()]);
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
  const drawn = fc.sample(fc.tuple(documentFields, texts), { numRuns: DOCUMENTS, seed: 8 });
  documents = drawn.map(([fields, paragraphs], number) =>
    made({ ...fields, id: `d${number}`, text: paragraphs.map((words) => words.join(' ')).join('\n\n') }),
  );
  for (const { sink } of [folder, server]) {
    await putAll(sink, documents);
    // What is gone must leave nothing behind.
    await sink.remove(documents.filter((_, number) => number % 7 === 0).map(({ id }) => id));
    await putAll(
      sink,
      documents.filter((_, number) => number % 21 === 0),
    );
  }
});
afterAll(async () => {
  await folder.close();
  await server.close();
});

function amongOf({ storage }: OpenedIndex, selection: Partial<Selection>): Promise<Among | null> {
  return Promise.resolve(storage.among({ phrases: [], excluded: [], ...selection }));
}

/** By id, since keys may differ. */
async function byId({ storage }: OpenedIndex, scores: Map<number, number>): Promise<Map<string, number>> {
  const rows = await storage.documents.rows([...scores.keys()]);
  return new Map(Array.from(scores, ([key, score]) => [rows.get(key)?.id ?? '', score]));
}

async function keywordAnswer(
  opened: OpenedIndex,
  words: string[],
  limit: number,
  selection: Partial<Selection>,
): Promise<{ ceiling: number; scores: Map<string, number> }> {
  const terms = await opened.storage.terms.termsOfWords(words);
  const among = await amongOf(opened, selection);
  const { ceiling, matches } = await opened.keywords.search(terms, limit, among);
  const scores = new Map(matches.map(({ document, score }) => [document, score]));
  return { ceiling, scores: await byId(opened, scores) };
}

const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const selections = fc.record({
  filter: fc.option(filters, { nil: undefined }),
  phrases: fc.array(phrase, { maxLength: 1 }),
  excluded: fc.array(phrase, { maxLength: 1 }),
});

function parsed({ filter, ...rest }: { filter: unknown; phrases: string[]; excluded: string[] }): Selection {
  return { ...rest, filter: filter === undefined ? undefined : parseFilter(filter) };
}

describe('an index on a PostgreSQL server', () => {
  it('lets through what one in a folder does, by any filter', async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const [one, other] = await Promise.all(
          [folder, server].map(({ storage }) => storage.documents.idsMatching(parseFilter(filter))),
        );
        expect(other?.toSorted()).toEqual(one?.toSorted());
        passed += one?.length ?? 0;
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(passed).toBeGreaterThan(10_000);
  });

  it('ranks by words just as one in a folder does', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        selections,
        fc.constantFrom(1, 10, 1_000),
        async (words, selection, limit) => {
          const [one, other] = await Promise.all(
            [folder, server].map((opened) => keywordAnswer(opened, words, limit, parsed(selection))),
          );
          expect(other?.ceiling).toBe(one?.ceiling);
          if (limit === 1_000)
            expect([...(other?.scores.keys() ?? [])].sort()).toEqual([...(one?.scores.keys() ?? [])].sort());
          const [ones, others] = [one, other].map((answer) => [...(answer?.scores.values() ?? [])]);
          expect(others).toHaveLength(ones?.length ?? 0);
          for (const [place, score] of (ones ?? []).entries()) expect(others?.[place]).toBe(score);
          found += ones?.length ?? 0;
        },
      ),
      { numRuns: 200, seed: 2 },
    );
    expect(found).toBeGreaterThan(3_000);
  });

  it('ranks the same where the postings of common words are only looked up', async () => {
    const asked: string[] = [];
    const counting: Pick<PostgresDatabase, 'query' | 'atOneMoment'> = {
      atOneMoment: (work) => server.database.atOneMoment(work),
      query: (sql, parameters) => {
        asked.push(sql);
        return server.database.query(sql, parameters);
      },
    };
    const looking = {
      ...server,
      keywords: new PostgresKeywordLeg(counting, { manyPostings: 0, mostRead: 1 }),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(word, fc.constantFrom('the', 'of')), { minLength: 2, maxLength: 8 }),
        selections,
        fc.constantFrom(1, 3, 10),
        async (words, selection, limit) => {
          const [one, other] = await Promise.all(
            [server, looking].map((opened) => keywordAnswer(opened, words, limit, parsed(selection))),
          );
          expect(other).toEqual(one);
        },
      ),
      { numRuns: 200, seed: 4 },
    );
    const lookedUp = asked.filter((sql) => sql.includes('WITH partial')).length;
    const readAll = asked.filter((sql) => sql.includes('FROM postings') || sql.includes('AS scores')).length;
    expect(lookedUp).toBeGreaterThan(50);
    expect(readAll - lookedUp).toBeGreaterThan(0);
  });

  it('knows the same words, and completes them alike', async () => {
    for (const beginning of ['', 'f', 'fer', 'gen', 'n', 'x']) {
      const [one, other] = await Promise.all(
        [folder, server].map(({ storage }) => storage.terms.wordsFrom(beginning, 100)),
      );
      const names = (known: typeof one): string[] => (known ?? []).map((own) => JSON.stringify(own)).sort();
      expect(names(other)).toEqual(names(one));
    }
    const [one, other] = await Promise.all(
      [folder, server].map(({ storage }) => storage.terms.termsOfWords([...WORDS, 'unknown'])),
    );
    const sorted = (terms: typeof one): string[][] =>
      (terms ?? []).map((own) => own.map(({ term, stemming }) => `${stemming} ${term}`).sort());
    expect(sorted(other)).toEqual(sorted(one));
  });

  it('finds the nearest of what passes, as many as are wanted, true in score', async () => {
    await fc.assert(
      fc.asyncProperty(
        phrase,
        selections,
        fc.integer({ min: 1, max: 60 }),
        async (asked, selection, wanted) => {
          const vector = vectorOfText(asked);
          const among = await amongOf(server, parsed(selection));
          const passing = new Set(
            among === null
              ? documents.map(({ id }) => id)
              : (await byId(server, await server.semantic.nearest(vector, DOCUMENTS, among))).keys(),
          );
          const exact = exactly(vector).filter(({ id }) => passing.has(id));
          const nearest = await byId(server, await server.semantic.nearest(vector, wanted, among));
          expect(nearest.size).toBeGreaterThanOrEqual(Math.min(wanted, exact.length));
          const cosines = new Map(exact.map(({ id, cosine }) => [id, cosine]));
          for (const [id, cosine] of nearest) expect(cosine).toBeCloseTo(cosines.get(id) ?? -1, 5);
          const least = (exact[Math.min(wanted, exact.length) - 1]?.cosine ?? 1) - 1e-5;
          const hits = [...nearest.values()].filter((cosine) => cosine >= least);
          expect(hits.length).toBeGreaterThanOrEqual(0.99 * Math.min(wanted, exact.length));
          const about = await server.semantic.about(vector, wanted, among);
          expect(about.length).toBeLessThanOrEqual(wanted);
          expect(about.map(({ score }) => score)).toEqual(
            about.map(({ score }) => score).toSorted((a, b) => b - a),
          );
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });
});

/** Documents that are there, by comparing all their vectors; best first. */
function exactly(vector: Float32Array): { id: string; cosine: number }[] {
  return documents
    .filter((_, number) => number % 7 !== 0 || number % 21 === 0)
    .map(({ id, vectors }) => ({
      id,
      cosine: Math.max(...(vectors ?? []).map((own) => dot(vector, own))),
    }))
    .sort((a, b) => b.cosine - a.cosine);
}
