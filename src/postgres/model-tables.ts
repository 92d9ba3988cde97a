import { AkinError } from '../errors.js';
import type { Session } from './session.js';

/** How vectors are kept: as 32-bit floats, or in half the room as 16-bit ones. */
export type VectorType = 'vector' | 'halfvec';

/** The HNSW graph's neighbours of a vector, and candidates that are looked at while it is built: as the one in memory. */
const GRAPH = 'm = 16, ef_construction = 200';

/** Tables that vectors are kept in, and the names of their indexes. */
export interface VectorTables {
  vectors: string;
  means: string;
}

/** Those that searches ask. */
export const SERVING: VectorTables = { vectors: 'vectors', means: 'document_vectors' };
/** Those in which the vectors of another model are made. */
export const NEXT: VectorTables = { vectors: 'next_vectors', means: 'next_document_vectors' };

/** The most dimensions that pgvector's HNSW takes. @see https://github.com/pgvector/pgvector#hnsw */
const MOST_DIMENSIONS: Record<VectorType, number> = { vector: 2_000, halfvec: 4_000 };

/**
 * Makes the tables for the vectors of one model, in place of those that are there. All vectors have length 1, so that the
 * inner product orders as the cosine does.
 * @throws AkinError DATABASE_UNSUITABLE for more dimensions than pgvector can index
 */
export async function makeVectorTables(
  { vectors, means }: VectorTables,
  dimensions: number,
  type: VectorType,
  session: Session,
): Promise<void> {
  if (dimensions > MOST_DIMENSIONS[type]) {
    const next =
      dimensions <= MOST_DIMENSIONS.halfvec ? 'Set AKIN_DATABASE_VECTORS=half, or choose' : 'Choose';
    throw new AkinError(
      'DATABASE_UNSUITABLE',
      `pgvector can index vectors of ${MOST_DIMENSIONS[type]} dimensions; this model has ${dimensions}. ${next} another model.`,
    );
  }
  await session.run(`DROP TABLE IF EXISTS ${vectors}, ${means}`);
  await session.run(
    `CREATE TABLE ${vectors} (
       passage bigint PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
       document bigint NOT NULL,
       vector ${type}(${dimensions}) NOT NULL
     )`,
  );
  await session.run(
    `CREATE TABLE ${means} (
       document bigint PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
       vector ${type}(${dimensions}) NOT NULL
     )`,
  );
  await session.run(`CREATE INDEX ON ${vectors} (document)`);
  await makeGraph(vectors, type, session);
}

/** Builds the HNSW graph of a table. */
async function makeGraph(vectors: string, type: VectorType, session: Session): Promise<void> {
  await session.run(`CREATE INDEX ON ${vectors} USING hnsw (vector ${type}_ip_ops) WITH (${GRAPH})`);
}
