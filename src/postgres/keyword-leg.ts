import { groupBy } from '../group-by.js';
import { mostOf, weighWords } from '../keyword-index/weigh-words.js';
import type { KeywordEvidence, Scored } from '../search/fuse.js';
import type { KeywordLeg } from '../search/legs.js';
import type { SoughtTerm } from '../storage/match-terms.js';
import type { Among } from '../storage/stored-index.js';
import type { NumberedTerm } from '../storage/term-count-store.js';
import type { PostgresDatabase } from './database.js';
import {
  type CountedWord,
  type EssentialOptions,
  essentialWords,
  type WordParts,
} from './essential-words.js';
import { HeldCounts } from './held-counts.js';
import { type Scoring, scoreAll, scoreEssential } from './score-postings.js';

/** More than what rounding can add. */
const SLACK = 1 + 1e-9;

/**
 * The keyword leg by postings in a table: BM25 as the index in memory has it, to the last digit, computed by the server.
 */
export class PostgresKeywordLeg implements KeywordLeg {
  readonly ranking = 'bm25';
  readonly #database: Pick<PostgresDatabase, 'query' | 'atOneMoment'>;
  readonly #counts = new HeldCounts();
  readonly #essential: EssentialOptions;

  /** @param essential when postings of common words are only looked up */
  constructor(database: Pick<PostgresDatabase, 'query' | 'atOneMoment'>, essential: EssentialOptions = {}) {
    this.#database = database;
    this.#essential = essential;
  }

  search(words: SoughtTerm[][], limit: number, among: Among | null = null): Promise<KeywordEvidence> {
    return this.#database.atOneMoment(async () => {
      const [totals] = await this.#database.query<{ documents: number; words: number; revision: number }>(
        'SELECT documents, words, number AS revision FROM totals, revision',
      );
      const { documents: all = 0, words: length = 0, revision = 0 } = totals ?? {};
      const numbers = await this.#numbersOf(words);
      const numbersOf = (term: string): NumberedTerm[] => numbers.get(term) ?? [];
      // Which counts are asked for does not depend on what they are.
      const asked: NumberedTerm[][] = [];
      weighWords(words, { all, numbersOf, having: (terms) => asked.push(terms) });
      const having = await this.#counts.of(asked, revision, this.#database);
      const { weighed, ceiling } = weighWords(words, { all, numbersOf, having });
      if (weighed.length === 0 || all === 0) return { matches: [], ceiling };
      const known = new Map([...numbers.values()].flat().map((term) => [term.id, term]));
      const counted = weighed.map(
        (word): CountedWord => ({
          ...word,
          documents: having(word.terms.flatMap((id) => known.get(id) ?? [])),
        }),
      );
      return { matches: await this.#best(counted, { averageLength: length / all, limit, among }), ceiling };
    });
  }

  /** Each term in the ways of stemming in which documents have it. */
  async #numbersOf(words: SoughtTerm[][]): Promise<Map<string, NumberedTerm[]>> {
    const rows = await this.#database.query<NumberedTerm & { term: string }>(
      'SELECT id, term, stemming FROM terms WHERE term = ANY($1::text[])',
      [[...new Set(words.flat().map(({ term }) => term))]],
    );
    return groupBy(rows, ({ term }) => term);
  }

  async #best(words: CountedWord[], scoring: Scoring): Promise<Scored[]> {
    for (const parts of essentialWords(words, scoring.limit, this.#essential)) {
      const found = await this.#bestOf(parts, scoring);
      if (found) return found;
    }
    const { sql, parameters } = scoreAll(words, scoring);
    return this.#database.query<Scored>(sql, parameters);
  }

  /** Null where a document without any essential word may be among the best. */
  async #bestOf({ essential, others }: WordParts, scoring: Scoring): Promise<Scored[] | null> {
    const { sql, parameters } = scoreEssential(essential, others, scoring);
    const rows = await this.#database.query<Scored & { least: number | null }>(sql, parameters);
    const least = rows[0]?.least ?? 0;
    if (least <= mostOf(others) * SLACK) return null;
    return rows.map(({ document, score }) => ({ document, score }));
  }
}
