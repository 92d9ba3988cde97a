import { saturation } from '../keyword-index/bm25.js';
import { type WeighedWord, weighWords } from '../keyword-index/weigh-words.js';
import type { KeywordEvidence } from '../search/fuse.js';
import type { KeywordLeg } from '../search/legs.js';
import { keyOf, type SoughtTerm } from '../storage/match-terms.js';
import type { Among } from '../storage/stored-index.js';
import type { NumberedTerm } from '../storage/term-count-store.js';
import type { PostgresDatabase } from './database.js';
import { Parameters } from './parameters.js';
import type { Session } from './session.js';

/** A term in one way of stemming, and how many documents have it. */
interface CountedTerm extends NumberedTerm {
  term: string;
  documents: number;
}

/** The keyword leg by postings in a table: BM25 as the index in memory has it, computed by the server. */
export class PostgresKeywordLeg implements KeywordLeg {
  readonly ranking = 'bm25';
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  search(words: SoughtTerm[][], limit: number, among: Among | null = null): Promise<KeywordEvidence> {
    // Counts and postings at one moment.
    return this.#database.read(async (session) => {
      const [totals] = await session.query<{ documents: number; words: number }>(
        'SELECT documents, words FROM totals',
      );
      const { documents: all = 0, words: length = 0 } = totals ?? {};
      const vocabulary = await this.#vocabulary(words, session);
      const { weighed, ceiling } = weighWords(words, { all, ...vocabulary });
      const found = weighed.filter(({ terms }) => terms.length > 0);
      if (found.length === 0 || all === 0) return { matches: [], ceiling };
      return { matches: await best(found, length / all, limit, among, session), ceiling };
    });
  }

  /** What is known of the words' terms, read at once. */
  async #vocabulary(
    words: SoughtTerm[][],
    session: Session,
  ): Promise<{ numbersOf: (term: string) => NumberedTerm[]; having: (terms: NumberedTerm[]) => number }> {
    const sought = [...new Set(words.flat().map(({ term }) => term))];
    const terms = await session.query<CountedTerm>(
      `SELECT id, term, stemming, (SELECT count(*) FROM postings WHERE postings.term = terms.id) AS documents
       FROM terms WHERE term = ANY($1::text[])`,
      [sought],
    );
    const joint = await this.#jointCounts(words, terms, session);
    const numbers = new Map<string, CountedTerm[]>();
    for (const own of terms) numbers.set(own.term, [...(numbers.get(own.term) ?? []), own]);
    const documents = new Map(terms.map((term) => [term.id, term.documents]));
    return {
      numbersOf: (term) => numbers.get(term) ?? [],
      having: (own) => {
        const together = joint.get(nameOf(own.map(({ id }) => id)));
        return together ?? own.reduce((sum, { id }) => sum + (documents.get(id) ?? 0), 0);
      },
    };
  }

  /** How many documents have any of a word's terms, where two of them may be in one document. */
  async #jointCounts(
    words: SoughtTerm[][],
    terms: CountedTerm[],
    session: Session,
  ): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const known = new Map(terms.map((term) => [keyOf(term), term.id]));
    for (const word of words) {
      const own = word.filter((term) => known.has(keyOf(term)));
      // Terms in different ways of stemming are never in one document.
      if (new Set(own.map(({ stemming }) => stemming)).size === own.length) continue;
      const ids = [...new Set(own.map((term) => known.get(keyOf(term)) ?? 0))];
      const [row] = await session.query<{ count: number }>(
        'SELECT count(DISTINCT document) AS count FROM postings WHERE term = ANY($1::bigint[])',
        [ids],
      );
      counts.set(nameOf(ids), row?.count ?? 0);
    }
    return counts;
  }
}

/** A name for some terms, whatever their order. */
function nameOf(ids: number[]): string {
  return ids.toSorted((a, b) => a - b).join(' ');
}

/** The documents that score best, each word by the best of its terms. */
function best(
  words: WeighedWord[],
  averageLength: number,
  limit: number,
  among: Among | null,
  session: Session,
): Promise<KeywordEvidence['matches']> {
  const { base, perWord } = saturation(averageLength);
  const terms = words.flatMap((word, place) =>
    word.terms.map((term) => ({ term, place, weight: word.weight })),
  );
  const parameters = new Parameters([
    terms.map(({ term }) => term),
    terms.map(({ place }) => place),
    terms.map(({ weight }) => weight),
    base,
    perWord,
    limit,
  ]);
  const filtered = among ? `JOIN documents ON documents.key = postings.document` : '';
  return session.query<{ document: number; score: number }>(
    `SELECT document, sum(score) AS score FROM (
       SELECT document, place, max(weight * count / (count + $4::double precision + $5::double precision * postings.length)) AS score
       FROM unnest($1::bigint[], $2::integer[], $3::double precision[]) AS sought (term, place, weight)
       JOIN postings USING (term) ${filtered}
       WHERE ${among ? parameters.join(among as { sql: string; parameters: unknown[] }) : 'true'}
       GROUP BY document, place
     ) AS each GROUP BY document ORDER BY score DESC, document LIMIT $6`,
    parameters.values,
  );
}
