import type { Reader } from '../documents/reader.js';
import type { Embedder } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { UpkeepOptions } from '../maintenance/upkeep.js';
import { letOthersPass } from '../precedence.js';
import type { PassageToEmbed } from '../storage/next-vectors.js';
import type { PostgresDatabase } from './database.js';
import { makeVectorTables, NEXT, SERVING, type VectorType } from './model-tables.js';
import type { Session } from './session.js';
import { vectorText } from './vector-text.js';

/** Passages that are embedded together: enough that batches of like length come about. */
const PASSAGES_AT_ONCE = 512;
const NEXT_MODEL = 'next-model';

export interface ReembeddingParts {
  database: PostgresDatabase;
  /** Of the new model. */
  embedder: Embedder;
  /** With the new model's tokenizer. */
  reader: Reader;
  type: VectorType;
}

/**
 * Makes the vectors of another model for all passages, beside those that serve, and puts them in their place at once.
 * Passages come in the order of their ids, and a changed one has a new id: all up to the last one are made.
 */
export class PostgresReembedding {
  readonly #parts: ReembeddingParts;
  readonly #fingerprint: string;

  constructor(parts: ReembeddingParts) {
    this.#parts = parts;
    this.#fingerprint = JSON.stringify(parts.embedder.fingerprint);
  }

  /** @throws AkinError CANCELLED where it is stopped; it goes on from there the next time */
  async run({ isStopped, onProgress }: UpkeepOptions): Promise<void> {
    const { database, embedder, reader } = this.#parts;
    await this.#begin();
    let done = 0;
    for (;;) {
      if (isStopped()) throw new AkinError('CANCELLED', 'The change of models was stopped.');
      const passages = await missing(PASSAGES_AT_ONCE, database);
      if (passages.length === 0 && (await this.#swap())) return;
      const vectors = await embedder.embedPassages(await reader.inputsOf(passages));
      await this.#put(passages, vectors);
      const counts = await database.query<{ done: number; total: number }>(
        `SELECT (SELECT count(*) FROM ${NEXT.vectors}) AS done, passages AS total FROM totals`,
      );
      done = counts[0]?.done ?? done;
      onProgress(done, counts[0]?.total ?? done);
      await letOthersPass();
    }
  }

  /** Takes up what an earlier attempt left, if it was for the same model. */
  async #begin(): Promise<void> {
    const { database, embedder, type } = this.#parts;
    await database.write(async (session) => {
      const [row] = await session.query<{ value: string }>('SELECT value FROM settings WHERE name = $1', [
        NEXT_MODEL,
      ]);
      if (row?.value === this.#fingerprint) return;
      await makeVectorTables(NEXT, embedder.fingerprint.dimensions, type, session);
      await session.run(
        'INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        [NEXT_MODEL, this.#fingerprint],
      );
    });
  }

  /** Stores the vectors of passages, but for those that are gone by now; none goes while they are stored. */
  async #put(passages: PassageToEmbed[], vectors: Float32Array[]): Promise<void> {
    const { database, type } = this.#parts;
    await database.update((session) =>
      session.run(
        `INSERT INTO ${NEXT.vectors} (passage, document, vector)
         SELECT id, document, vector::${type} FROM unnest($1::bigint[], $2::text[]) AS given (id, vector)
         JOIN passages USING (id) FOR KEY SHARE OF passages ON CONFLICT (passage) DO NOTHING`,
        [passages.map(({ id }) => id), vectors.map(vectorText)],
      ),
    );
  }

  /** From now on the new vectors are the index's; false where some are missing still. */
  async #swap(): Promise<boolean> {
    return this.#parts.database.write(async (session) => {
      if ((await missing(1, session)).length > 0) return false;
      await session.run(
        `INSERT INTO ${NEXT.means} (document, vector)
         SELECT document, l2_normalize(avg(vector)) FROM ${NEXT.vectors} GROUP BY document
         ON CONFLICT (document) DO UPDATE SET vector = excluded.vector`,
      );
      await session.run(`DROP TABLE ${SERVING.vectors}, ${SERVING.means}`);
      await session.run(`ALTER TABLE ${NEXT.vectors} RENAME TO ${SERVING.vectors}`);
      await session.run(`ALTER TABLE ${NEXT.means} RENAME TO ${SERVING.means}`);
      await session.run('DELETE FROM settings WHERE name = $1', [NEXT_MODEL]);
      await session.run("UPDATE settings SET value = $1 WHERE name = 'model'", [this.#fingerprint]);
      return true;
    });
  }
}

/** The passages that have no vector yet, in the order of their ids. */
function missing(limit: number, session: Pick<Session, 'query'>): Promise<PassageToEmbed[]> {
  return session.query<PassageToEmbed>(
    `SELECT passages.id, document, title, heading, passages.text FROM passages
     JOIN documents ON documents.key = passages.document
     WHERE passages.id > coalesce((SELECT max(passage) FROM ${NEXT.vectors}), 0) ORDER BY passages.id LIMIT $1`,
    [limit],
  );
}
