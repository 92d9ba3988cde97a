import { loadPeer } from './install.js';

interface Query {
  distanceType(type: string): Query;
  ef(ef: number): Query;
  refineFactor(factor: number): Query;
  select(columns: string[]): Query;
  limit(limit: number): Query;
  toArray(): Promise<{ label: number }[]>;
}

interface Table {
  createIndex(column: string, options: { config: unknown }): Promise<void>;
  vectorSearch(vector: Float32Array): Query;
}

interface Lance {
  connect(folder: string): Promise<{ createTable(name: string, rows: object[]): Promise<Table> }>;
  Index: { hnswSq(options: object): unknown };
}

/** The candidates of its search are compared anew by their whole vectors: so many times what is asked for. */
const REFINED = 4;

/** A LanceDB table with its HNSW over vectors in 8 bits, which is what it offers, refined by the vectors themselves. */
export class LanceTable {
  readonly #table: Table;

  private constructor(table: Table) {
    this.#table = table;
  }

  /** Labels are places in `vectors`. */
  static async of(vectors: Float32Array[], folder: string): Promise<LanceTable> {
    const { connect, Index } = await loadPeer<Lance>('@lancedb/lancedb');
    const rows = vectors.map((vector, label) => ({ label, vector: Array.from(vector) }));
    const table = await (await connect(folder)).createTable('vectors', rows);
    const config = Index.hnswSq({ distanceType: 'dot', numPartitions: 1, m: 32, efConstruction: 200 });
    await table.createIndex('vector', { config });
    return new LanceTable(table);
  }

  async search(vector: Float32Array, k: number, ef: number): Promise<number[]> {
    const effort = Math.max(ef, k * REFINED);
    const query = this.#table.vectorSearch(vector).distanceType('dot').ef(effort).refineFactor(REFINED);
    const rows = await query.select(['label', '_distance']).limit(k).toArray();
    return rows.map(({ label }) => Number(label));
  }
}
