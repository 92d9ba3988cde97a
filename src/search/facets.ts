import type { DocumentRow } from '../storage/document-store.js';
import type { SearchAnswer } from './answer.js';
import type { FacetField } from './request.js';

/**
 * How many of the documents have each value of the fields, the most frequent first. A language counts with its
 * regions: `en-GB` is `en`, as in a filter.
 */
export function countFacets(fields: FacetField[], documents: () => DocumentRow[]): SearchAnswer['facets'] {
  if (fields.length === 0) return {};
  const rows = documents();
  return Object.fromEntries(
    fields.map((field) => [field, countValues(rows.flatMap((row) => valuesOf(row, field)))]),
  );
}

function valuesOf(row: DocumentRow, field: FacetField): string | string[] {
  const value = row[field] ?? [];
  return field === 'language' && typeof value === 'string' ? (value.split('-')[0] ?? value) : value;
}

function countValues(values: string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
