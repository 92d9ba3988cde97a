import type { Scored } from '../search/fuse.js';
import type { SemanticLeg } from '../search/legs.js';
import { rankedByScore } from '../search/semantic-leg.js';
import type { Among } from '../storage/stored-index.js';
import { conditionOf } from './among.js';
import type { PostgresDatabase } from './database.js';
import type { ModelFollower } from './model-follower.js';
import { Parameters } from './parameters.js';
import type { PostgresIndex } from './postgres-index.js';
import { vectorText } from './vector-text.js';

/** Passages asked for, for each document wanted; several are often of one document. */
const PASSAGES_PER_DOCUMENT = 3;
/** Each time that too few documents come, so many times the passages are asked for. */
const WIDENING = 4;
/**
 * Under a filter the last of what is found counts as much as the first, and the graph misses some of the last: so many times
 * the passages are asked for. Where one document in ten passed, recall was 0.985 without, and 1 with it.
 */
const FILTERED_BREADTH = 2;
/** Candidates that are looked at in the graph: pgvector allows no more than a thousand, and goes on from there by itself. */
const LEAST_EF = 100;
const MOST_EF = 1_000;
/**
 * So many vectors are compared one by one, which takes 5 µs each: as long as the graph takes where a tenth of 100,000
 * passes. The graph would pass over most of what it meets.
 */
const MOST_COMPARED = 20_000;
/** How far the graph may be gone through: as far as it goes, with so many times the memory of a sort (`work_mem`). */
const SCAN = { tuples: 2 ** 31 - 1, memory: 4 };

interface Neighbour {
  document: number;
  passage: number;
  cosine: number;
}

/** The semantic leg by pgvector: its HNSW index, filtered within the scan; or a comparison of all that pass. */
export class PgvectorLeg implements SemanticLeg {
  /** What is found changes with what is stored, and with nothing else. */
  readonly revision = 0;
  readonly #database: Pick<PostgresDatabase, 'query' | 'read'>;
  readonly #index: Pick<PostgresIndex, 'passages' | 'documentCount'>;
  readonly #follower: Pick<ModelFollower, 'check'>;
  readonly #mostCompared: number;

  /** @param mostCompared vectors that are compared one by one at the most. Default: 20,000 */
  constructor(
    database: Pick<PostgresDatabase, 'query' | 'read'>,
    index: Pick<PostgresIndex, 'passages' | 'documentCount'>,
    follower: Pick<ModelFollower, 'check'>,
    { mostCompared = MOST_COMPARED }: { mostCompared?: number } = {},
  ) {
    this.#database = database;
    this.#index = index;
    this.#follower = follower;
    this.#mostCompared = mostCompared;
  }

  get size(): number {
    return this.#index.passages;
  }

  async nearest(vector: Float32Array, wanted: number, among: Among | null): Promise<Map<number, number>> {
    this.#follower.check();
    if (await this.#areFew(among)) return this.#exact(vector, wanted, among);
    if (wanted <= 0) return new Map();
    const breadth = among === null ? 1 : FILTERED_BREADTH;
    for (let k = wanted * PASSAGES_PER_DOCUMENT * breadth; ; k *= WIDENING) {
      const neighbours = await this.#neighbours(vector, k, among);
      const best = bestOf(neighbours);
      if (best.size >= wanted) return best;
      // The graph came to its end, or gave up before.
      if (neighbours.length < k) return this.#exact(vector, wanted, among);
    }
  }

  async about(vector: Float32Array, wanted: number, among: Among | null): Promise<Scored[]> {
    this.#follower.check();
    if (among !== null) return rankedByScore(await this.nearest(vector, wanted, among)).slice(0, wanted);
    const neighbours = await this.#neighbours(vector, wanted * PASSAGES_PER_DOCUMENT, null);
    return rankedByScore(bestOf(neighbours)).slice(0, wanted);
  }

  async passages(vector: Float32Array, k: number): Promise<number[]> {
    const neighbours = await this.#neighbours(vector, k, null);
    return neighbours.sort((a, b) => b.cosine - a.cosine).map(({ passage }) => passage);
  }

  /** The k nearest passages of what passes, by the graph, nearly in their order. */
  #neighbours(vector: Float32Array, k: number, among: Among | null): Promise<Neighbour[]> {
    const parameters = new Parameters([vectorText(vector), k]);
    const filtered = among
      ? `JOIN documents ON documents.key = vectors.document WHERE ${conditionOf(among, parameters)}`
      : '';
    return this.#database.read(
      (session) =>
        session.query<Neighbour>(
          `SELECT document, passage, -(vector <#> $1) AS cosine FROM vectors ${filtered}
           ORDER BY vector <#> $1 LIMIT $2`,
          parameters.values,
        ),
      {
        'hnsw.ef_search': String(Math.min(MOST_EF, Math.max(LEAST_EF, k))),
        // In strict order, what comes late though it is near is thrown away.
        'hnsw.iterative_scan': 'relaxed_order',
        'hnsw.max_scan_tuples': String(SCAN.tuples),
        'hnsw.scan_mem_multiplier': String(SCAN.memory),
      },
    );
  }

  /** By comparing the vectors of all documents that pass. */
  async #exact(vector: Float32Array, wanted: number, among: Among | null): Promise<Map<number, number>> {
    const parameters = new Parameters([vectorText(vector), wanted]);
    const filtered = among
      ? `WHERE document IN (SELECT key FROM documents WHERE ${conditionOf(among, parameters)})`
      : '';
    const rows = await this.#database.query<{ document: number; cosine: number }>(
      `SELECT document, max(-(vector <#> $1)) AS cosine FROM vectors ${filtered}
       GROUP BY document ORDER BY cosine DESC, document LIMIT $2`,
      parameters.values,
    );
    return new Map(rows.map(({ document, cosine }) => [document, cosine]));
  }

  /** Whether so few documents pass that each is compared. */
  async #areFew(among: Among | null): Promise<boolean> {
    if (among === null) return false;
    const { documentCount, passages } = this.#index;
    const most = Math.floor((this.#mostCompared * documentCount) / Math.max(1, passages));
    const parameters = new Parameters([most + 1]);
    const [row] = await this.#database.query<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT FROM documents WHERE ${conditionOf(among, parameters)} LIMIT $1) AS passing`,
      parameters.values,
    );
    return (row?.count ?? 0) <= most;
  }
}

/** By the best passage of each document. */
function bestOf(neighbours: Neighbour[]): Map<number, number> {
  const best = new Map<number, number>();
  for (const { document, cosine } of neighbours)
    if (cosine > (best.get(document) ?? Number.NEGATIVE_INFINITY)) best.set(document, cosine);
  return best;
}
