import { AkinError, type ErrorIssue } from './errors.js';

/** The fields of a document that a filter may name; `metadata.KEY` besides, nested with dots. */
export const FILTER_FIELDS = [
  'id',
  'title',
  'url',
  'source',
  'author',
  'publishedAt',
  'language',
  'tags',
] as const;

export type FilterField = (typeof FILTER_FIELDS)[number] | `metadata.${string}`;
export type FilterValue = string | number | boolean;
export type FilterOperator = 'eq' | 'ne' | 'in' | 'nin' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists';

/**
 * A condition on a document's fields, checked and in one form. On a field of several values (tags, or a list in
 * the metadata) `eq` and `in` ask whether one of them fits, `ne` and `nin` whether none does.
 */
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: FilterField; operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte'; value: FilterValue }
  | { field: FilterField; operator: 'in' | 'nin'; value: FilterValue[] }
  | { field: FilterField; operator: 'exists'; value: boolean };

const MAX_DEPTH = 16;
const MAX_CONDITIONS = 256;
const OPERATORS = new Set<string>(['eq', 'ne', 'in', 'nin', 'gt', 'gte', 'lt', 'lte', 'exists']);

/**
 * Reads a filter as a request gives it: `{"source": "The Star"}`, `{"tags": {"in": ["ai"]}}`,
 * `{"publishedAt": {"gte": "2025-07-01"}}`, several fields (all must hold), `and`, `or`, `not`.
 *
 * @throws AkinError INVALID_REQUEST naming the place of what is wrong
 */
export function parseFilter(input: unknown): Filter {
  const issues: ErrorIssue[] = [];
  let conditions = 0;

  const wrong = (path: string, message: string): Filter => {
    issues.push({ path, message });
    return { and: [] };
  };

  const all = (value: unknown, path: string, depth: number): Filter[] => {
    if (!Array.isArray(value)) return [wrong(path, 'must be a list of filters')];
    return value.map((part, index) => filter(part, `${path}.${index}`, depth + 1));
  };

  const filter = (value: unknown, path: string, depth: number): Filter => {
    if (depth > MAX_DEPTH) return wrong(path, `is nested more than ${MAX_DEPTH} deep`);
    if (!isObject(value)) return wrong(path, 'must be an object such as {"source": "The Star"}');
    const parts = Object.entries(value).map(([key, condition]): Filter => {
      const here = `${path}.${key}`;
      if (key === 'and') return { and: all(condition, here, depth) };
      if (key === 'or') return { or: all(condition, here, depth) };
      if (key === 'not') return { not: filter(condition, here, depth + 1) };
      if (!isField(key))
        return wrong(here, `is no field; there are ${FILTER_FIELDS.join(', ')} and metadata.KEY`);
      return onField(key, condition, here);
    });
    const [only, ...others] = parts;
    return only && others.length === 0 ? only : { and: parts };
  };

  const onField = (field: FilterField, condition: unknown, path: string): Filter => {
    if (isValue(condition)) return compare(field, 'eq', condition, path);
    if (!isObject(condition)) return wrong(path, 'must be a value or an operator such as {"gte": …}');
    const parts = Object.entries(condition).map(([key, value]) =>
      OPERATORS.has(key)
        ? compare(field, key as FilterOperator, value, `${path}.${key}`)
        : wrong(`${path}.${key}`, `is no operator; there are ${[...OPERATORS].join(', ')}`),
    );
    if (parts.length === 0) return wrong(path, 'has no operator');
    const [only, ...others] = parts;
    return only && others.length === 0 ? only : { and: parts };
  };

  const compare = (field: FilterField, operator: FilterOperator, value: unknown, path: string): Filter => {
    if (++conditions > MAX_CONDITIONS) return wrong(path, `is one of more than ${MAX_CONDITIONS} conditions`);
    if (operator === 'exists') {
      return typeof value === 'boolean' ? { field, operator, value } : wrong(path, 'must be true or false');
    }
    if (operator === 'in' || operator === 'nin') {
      if (!Array.isArray(value) || !value.every(isValue)) return wrong(path, 'must be a list of values');
      // Each of these is a condition by itself; other values are looked up as one list.
      if (['publishedAt', 'language'].includes(field) && value.length > MAX_CONDITIONS)
        return wrong(path, `has more than ${MAX_CONDITIONS} values`);
      if (field === 'publishedAt' && !value.every(isDate))
        return wrong(path, 'must be a list of ISO 8601 dates');
      return { field, operator, value };
    }
    if (!isValue(value)) return wrong(path, 'must be a text, a number, true or false');
    if (field === 'publishedAt' && !isDate(value))
      return wrong(path, 'must be an ISO 8601 date such as 2025-07-16');
    return { field, operator, value };
  };

  const parsed = filter(input, 'filter', 1);
  const [first] = issues;
  if (first)
    throw new AkinError('INVALID_REQUEST', `The filter is wrong: ${first.path} ${first.message}.`, {
      issues,
    });
  return parsed;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isField(key: string): key is FilterField {
  // Neither a quote nor U+0000 can stand in a path that SQLite reads.
  return (
    (FILTER_FIELDS as readonly string[]).includes(key) ||
    (/^metadata\.[^"]+$/.test(key) && !key.includes('\0'))
  );
}

function isValue(value: unknown): value is FilterValue {
  return (
    ['string', 'boolean'].includes(typeof value) || (typeof value === 'number' && Number.isFinite(value))
  );
}

function isDate(value: FilterValue): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
}
