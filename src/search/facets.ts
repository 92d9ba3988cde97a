import type { DocumentFields } from '../types.js';
import type { SearchAnswer } from './answer.js';
import type { FacetField } from './request.js';

type Row = Pick<DocumentFields, FacetField>;

/**
 * How many of the documents have each value of a field. A language counts with its regions: `en-GB` is `en`, as in a
 * filter.
 */
export class ValueCounts {
  readonly #field: FacetField;
  readonly #counts = new Map<string, number>();

  constructor(field: FacetField) {
    this.#field = field;
  }

  /** How many values there are. */
  get size(): number {
    return this.#counts.size;
  }

  add(row: Row): void {
    for (const value of [valuesOf(row, this.#field)].flat())
      this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** The most frequent first. */
  most(limit = Number.POSITIVE_INFINITY): Record<string, number> {
    const sorted = [...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return Object.fromEntries(sorted.slice(0, limit));
  }
}

/** How many of the documents have each value of the fields. */
export async function countFacets(
  fields: FacetField[],
  documents: () => Promise<Row[]>,
): Promise<SearchAnswer['facets']> {
  if (fields.length === 0) return {};
  const rows = await documents();
  return Object.fromEntries(
    fields.map((field) => {
      const counts = new ValueCounts(field);
      for (const row of rows) counts.add(row);
      return [field, counts.most()];
    }),
  );
}

function valuesOf(row: Row, field: FacetField): string | string[] {
  const value = row[field] ?? [];
  return field === 'language' && typeof value === 'string' ? (value.split('-')[0] ?? value) : value;
}
