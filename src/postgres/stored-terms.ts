import { stemmingOf } from '../documents/stem.js';
import { stemmedTerm } from '../documents/terms.js';
import { fold, wordsOf } from '../documents/words.js';
import { keyOf, type SoughtTerm } from '../storage/match-terms.js';
import type { StoredTerms } from '../storage/stored-index.js';
import type { KnownWord } from '../storage/term-store.js';
import type { PostgresDatabase } from './database.js';
import { storableTerm } from './storable-term.js';

/** The words of all documents on a PostgreSQL server. */
export class PostgresTerms implements StoredTerms {
  readonly #database: PostgresDatabase;
  #stemmings: { revision: number; known: Promise<string[]> } | null = null;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async termsOfWords(words: string[]): Promise<SoughtTerm[][]> {
    if (words.length === 0) return [];
    const folded = words.map((word) => storableTerm(fold(word)));
    const [stemmings, rows] = await Promise.all([
      this.stemmings(),
      this.#database.query<SoughtTerm & { place: number }>(
        `SELECT place, terms.term, stemming FROM unnest($1::text[]) WITH ORDINALITY AS given (word, place)
         JOIN words USING (word) JOIN terms ON terms.id = words.term ORDER BY place, words.term`,
        [folded],
      ),
    ]);
    return words.map((word, index) => {
      const stems = stemmings.map((stemming) => ({ term: termOf(word, stemming), stemming }));
      const known = rows
        .filter(({ place }) => place === index + 1)
        .map(({ term, stemming }) => ({ term, stemming }));
      return [...new Map([...stems, ...known].map((sought) => [keyOf(sought), sought])).values()];
    });
  }

  async hasAny(terms: SoughtTerm[]): Promise<boolean> {
    const rows = await this.#database.query<SoughtTerm>(
      `SELECT term, stemming FROM terms JOIN unnest($1::text[], $2::text[]) AS sought (term, stemming)
       USING (term, stemming) LIMIT 1`,
      [terms.map(({ term }) => term), terms.map(({ stemming }) => stemming)],
    );
    return rows.length > 0;
  }

  wordsFrom(beginning: string, limit: number): Promise<KnownWord[]> {
    return this.#database.query<KnownWord>(
      `SELECT word, terms.term, stemming FROM words JOIN terms ON terms.id = words.term
       WHERE word BETWEEN $1 AND $2 ORDER BY doublings DESC, word, terms.term, stemming LIMIT $3`,
      [beginning, `${beginning}\u{10FFFF}`, limit],
    );
  }

  /** What documents may have where they have the words of a text in a row. */
  async wordingsOf(text: string): Promise<SoughtTerm[]> {
    const words = wordsOf(text).map(({ start, end }) => text.slice(start, end));
    const [only, ...more] = words;
    if (only === undefined) return [];
    if (more.length === 0) return (await this.termsOfWords([only]))[0] ?? [];
    const stemmings = await this.stemmings();
    return Promise.all(
      stemmings.map(async (stemming) => {
        const terms = await Promise.all(words.map((word) => this.#likelyTerm(word, stemming)));
        return { term: terms.join(' '), stemming };
      }),
    );
  }

  /** How the documents of this index were stemmed. */
  stemmings(): Promise<string[]> {
    const { revision } = this.#database;
    if (this.#stemmings?.revision !== revision) {
      const known = this.#readStemmings();
      this.#stemmings = { revision, known };
      known.catch(() => {
        this.#stemmings = null;
      });
    }
    return this.#stemmings?.known ?? this.#readStemmings();
  }

  /** A word's term; where no document has it, that of the same word with other accents. */
  async #likelyTerm(word: string, stemming: string): Promise<string> {
    const term = termOf(word, stemming);
    if (await this.hasAny([{ term, stemming }])) return term;
    const [known] = await this.#database.query<{ term: string }>(
      `SELECT terms.term FROM words JOIN terms ON terms.id = words.term WHERE word = $1 AND stemming = $2
       ORDER BY doublings DESC, terms.term LIMIT 1`,
      [storableTerm(fold(word)), stemming],
    );
    return known?.term ?? term;
  }

  async #readStemmings(): Promise<string[]> {
    // Each language by a look into its index, not by reading all documents.
    const rows = await this.#database.query<{ language: string | null }>(
      `WITH RECURSIVE each AS (
         (SELECT language FROM documents WHERE language IS NOT NULL ORDER BY language LIMIT 1)
         UNION ALL
         SELECT (SELECT language FROM documents WHERE language > each.language ORDER BY language LIMIT 1)
         FROM each WHERE each.language IS NOT NULL
       )
       SELECT language FROM each WHERE language IS NOT NULL
       UNION ALL SELECT NULL WHERE EXISTS (SELECT FROM documents WHERE language IS NULL)`,
    );
    return [...new Set(rows.map(({ language }) => stemmingOf(language)))].sort();
  }
}

function termOf(word: string, stemming: string): string {
  return storableTerm(stemmedTerm(word, stemming));
}
