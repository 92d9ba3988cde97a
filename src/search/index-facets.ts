import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Filter } from '../filter.js';
import type { FacetRow } from '../storage/document-store.js';
import type { StoredIndex } from '../storage/stored-index.js';
import { ValueCounts } from './facets.js';
import { FACET_FIELDS, type FacetField, filter } from './request.js';

const MOST_VALUES = 1_000;
/** Rows that are read at once, in a few milliseconds. */
const SLICE = 1_000;

export const facetsRequest = z.strictObject({
  filter: filter.optional(),
  /** Values of each field, the most frequent. */
  limit: z.int().min(1).max(MOST_VALUES).default(100),
});

export type FacetsInput = z.input<typeof facetsRequest>;

/** What documents an index holds. */
export interface IndexFacets {
  documents: number;
  /** The first and the last publication, as the documents have it; null where none is dated. */
  publishedAt: { first: string | null; last: string | null };
  /** How many documents have each value, the most frequent first. */
  facets: Record<FacetField, Record<string, number>>;
  /** How many values each field has in all. */
  values: Record<FacetField, number>;
}

/** Counts the values of fields over all documents that a filter lets through, in slices. */
export async function indexFacets(
  storage: StoredIndex,
  { filter: passing, limit }: { filter?: Filter | undefined; limit: number },
): Promise<IndexFacets> {
  const counts = FACET_FIELDS.map((field) => [field, new ValueCounts(field)] as const);
  let documents = 0;
  let first: FacetRow | null = null;
  let last: FacetRow | null = null;
  for (let after = 0; ; await nextTurn()) {
    const rows = await storage.documents.facetRows({
      after,
      limit: SLICE,
      ...(passing && { filter: passing }),
    });
    for (const row of rows) {
      for (const [, values] of counts) values.add(row);
      first = earlier(row, first);
      last = later(row, last);
    }
    documents += rows.length;
    const end = rows.at(-1);
    if (!end || rows.length < SLICE) break;
    after = end.key;
  }
  const each = <Value>(of: (values: ValueCounts) => Value): Record<FacetField, Value> =>
    Object.fromEntries(counts.map(([field, values]) => [field, of(values)])) as Record<FacetField, Value>;
  return {
    documents,
    publishedAt: { first: first?.publishedAt ?? null, last: last?.publishedAt ?? null },
    facets: each((values) => values.most(limit)),
    values: each((values) => values.size),
  };
}

function earlier(row: FacetRow, than: FacetRow | null): FacetRow | null {
  if (row.publishedMs === null) return than;
  return than?.publishedMs == null || row.publishedMs < than.publishedMs ? row : than;
}

function later(row: FacetRow, than: FacetRow | null): FacetRow | null {
  if (row.publishedMs === null) return than;
  return than?.publishedMs == null || row.publishedMs > than.publishedMs ? row : than;
}
