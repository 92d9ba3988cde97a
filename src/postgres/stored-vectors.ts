import { RecentlyUsed } from '../recently-used.js';
import { PassageVectors } from '../storage/passage-vectors.js';
import type { StoredVectors } from '../storage/stored-index.js';
import type { PostgresDatabase } from './database.js';
import { fromSent } from './sent-vector.js';
import { vectorText } from './vector-text.js';

/** Vectors of passages held in memory, and means: of 21,000 each with 384 dimensions. */
const VECTORS_BYTES = 32 * 1024 * 1024;
const MEANS_BYTES = 32 * 1024 * 1024;
const OVERHEAD_BYTES = 300;

/** The vectors on a PostgreSQL server; those that were asked for lately are held until something is written. */
export class PostgresVectors implements StoredVectors {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  readonly held = {
    of: (documents: Iterable<number>): Promise<Map<number, PassageVectors>> => this.#of([...documents]),
    means: (documents: Iterable<number>): Promise<Map<number, Float32Array>> => this.#means([...documents]),
    bestCosines: (vector: Float32Array, documents: Iterable<number>): Promise<Map<number, number>> =>
      this.#cosines(
        'max(-(vector <#> $1)) AS cosine FROM vectors',
        vector,
        [...documents],
        'GROUP BY document',
      ),
    meanCosines: (vector: Float32Array, documents: Iterable<number>): Promise<Map<number, number>> =>
      this.#cosines('-(vector <#> $1) AS cosine FROM document_vectors', vector, [...documents], ''),
  };

  async count(): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>('SELECT passages AS count FROM totals');
    return row?.count ?? 0;
  }

  async after(after: number, limit: number): Promise<{ id: number; vector: Float32Array }[]> {
    const rows = await this.#database.query<{ id: number; sent: Buffer }>(
      'SELECT passage AS id, vector_send(vector::vector) AS sent FROM vectors WHERE passage > $1 ORDER BY passage LIMIT $2',
      [after, limit],
    );
    return rows.map(({ id, sent }) => ({ id, vector: fromSent(sent) }));
  }

  #revision = -1;
  #vectors = new RecentlyUsed<number, PassageVectors>(VECTORS_BYTES);
  #heldMeans = new RecentlyUsed<number, Float32Array>(MEANS_BYTES);

  async #of(keys: number[]): Promise<Map<number, PassageVectors>> {
    this.#forgetOld();
    return heldOr(this.#vectors, keys, async (missing) => {
      const rows = await this.#database.query<{ document: number; passage: number; sent: Buffer }>(
        `SELECT document, passage, vector_send(vector::vector) AS sent FROM vectors
         WHERE document = ANY($1::bigint[]) ORDER BY document, passage`,
        [missing],
      );
      const found = new Map<number, [number, number, Buffer][]>();
      for (const { document, passage, sent } of rows) {
        const own = found.get(document) ?? [];
        own.push([document, passage, Buffer.from(fromSent(sent).buffer)]);
        found.set(document, own);
      }
      return new Map(Array.from(found, ([document, own]) => [document, new PassageVectors(own)]));
    });
  }

  async #means(keys: number[]): Promise<Map<number, Float32Array>> {
    this.#forgetOld();
    return heldOr(this.#heldMeans, keys, async (missing) => {
      const rows = await this.#database.query<{ document: number; sent: Buffer }>(
        'SELECT document, vector_send(vector::vector) AS sent FROM document_vectors WHERE document = ANY($1::bigint[])',
        [missing],
      );
      return new Map(rows.map(({ document, sent }) => [document, fromSent(sent)]));
    });
  }

  async #cosines(
    what: string,
    vector: Float32Array,
    documents: number[],
    rest: string,
  ): Promise<Map<number, number>> {
    if (documents.length === 0) return new Map();
    const rows = await this.#database.query<{ document: number; cosine: number }>(
      `SELECT document, ${what} WHERE document = ANY($2::bigint[]) ${rest}`,
      [vectorText(vector), documents],
    );
    return new Map(rows.map(({ document, cosine }) => [document, cosine]));
  }

  /** What is read while somebody writes may be of before: with the next revision it is read anew. */
  #forgetOld(): void {
    const { revision } = this.#database;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#vectors = new RecentlyUsed(VECTORS_BYTES, ({ bytes }) => bytes + OVERHEAD_BYTES);
    this.#heldMeans = new RecentlyUsed(MEANS_BYTES, ({ byteLength }) => byteLength + OVERHEAD_BYTES);
  }
}

async function heldOr<Value extends NonNullable<unknown>>(
  held: RecentlyUsed<number, Value>,
  keys: number[],
  read: (missing: number[]) => Promise<Map<number, Value>>,
): Promise<Map<number, Value>> {
  const found = new Map<number, Value>();
  const missing: number[] = [];
  for (const key of keys) {
    const value = held.get(key);
    if (value === undefined) missing.push(key);
    else found.set(key, value);
  }
  if (missing.length === 0) return found;
  for (const [key, value] of await read(missing)) {
    found.set(key, value);
    held.set(key, value);
  }
  return found;
}
