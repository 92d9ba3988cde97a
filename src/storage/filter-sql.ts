import type { Filter, FilterField, FilterValue } from '../filter.js';

/** A condition on the rows of `documents` with its parameters. */
export interface SqlCondition {
  sql: string;
  parameters: (string | number)[];
}

const COLUMNS: Partial<Record<FilterField, string>> = {
  id: 'id',
  title: 'title',
  url: 'url',
  source: 'source',
  author: 'author',
  language: 'language',
};

const COMPARISONS = { eq: '=', ne: '=', in: '=', nin: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Translates a filter into SQL; every value is a parameter. */
export function filterToSql(filter: Filter): SqlCondition {
  if ('and' in filter) return join(filter.and.map(filterToSql), ' AND ', '1');
  if ('or' in filter) return join(filter.or.map(filterToSql), ' OR ', '0');
  if ('not' in filter) return negate(filterToSql(filter.not));
  if (filter.field === 'publishedAt') return dateCondition(filter);
  const { field, operator, value } = filter;
  const { from, element, parameters } = source(field);
  if (operator === 'exists') {
    const present = { sql: `EXISTS (SELECT 1 FROM ${from} WHERE ${element} IS NOT NULL)`, parameters };
    return value ? present : negate(present);
  }
  const isTag = field === 'language' && COMPARISONS[operator] === '=';
  const test = isTag
    ? isTagOf(element, Array.isArray(value) ? value : [value])
    : Array.isArray(value)
      ? {
          sql: `${element} IN (SELECT value FROM json_each(?))`,
          parameters: [JSON.stringify(value.map(toParameter))],
        }
      : { sql: `${element} ${COMPARISONS[operator]} ?`, parameters: [toParameter(value)] };
  const some = {
    sql: `EXISTS (SELECT 1 FROM ${from} WHERE ${test.sql})`,
    parameters: [...parameters, ...test.parameters],
  };
  return operator === 'ne' || operator === 'nin' ? negate(some) : some;
}

/** A language is found with its regions: `en` is `en-GB` too (RFC 4647, 3.3.1). */
function isTagOf(element: string, values: FilterValue[]): SqlCondition {
  const tests = values.map(() => `(${element} = ? OR substr(${element}, 1, length(?) + 1) = ? || '-')`);
  return {
    sql: tests.join(' OR ') || '0',
    parameters: values.map(toParameter).flatMap((one) => [one, one, one]),
  };
}

/** Where a field's values come from: one for a column, each element of a list. */
function source(field: FilterField): { from: string; element: string; parameters: string[] } {
  const column = COLUMNS[field];
  // The plus keeps SQLite from making a text of a number that it is compared with: as everywhere, numbers come before texts.
  if (column) return { from: `(SELECT documents.${column} AS value)`, element: '+value', parameters: [] };
  if (field === 'tags') return { from: 'json_each(documents.tags)', element: 'value', parameters: [] };
  const keys = field.slice('metadata.'.length).split('.');
  const path = `$${keys.map((key) => `."${key}"`).join('')}`;
  return { from: 'json_each(documents.metadata, ?)', element: 'value', parameters: [path] };
}

const DAY_MS = 86_400_000;

/** Compares moments; a bare date stands for its whole day. */
function dateCondition(filter: Extract<Filter, { field: FilterField }>): SqlCondition {
  const { operator, value } = filter;
  if (operator === 'exists') return { sql: `published_ms IS ${value ? 'NOT ' : ''}NULL`, parameters: [] };
  if (operator === 'in' || operator === 'nin') {
    const any = join(
      value.map((one) => dateCondition({ ...filter, operator: 'eq', value: one })),
      ' OR ',
      '0',
    );
    return operator === 'in' ? any : negate(any);
  }
  const from = Date.parse(String(value));
  const until = from + (String(value).includes('T') ? 1 : DAY_MS);
  switch (operator) {
    case 'gte':
      return { sql: 'published_ms >= ?', parameters: [from] };
    case 'gt':
      return { sql: 'published_ms >= ?', parameters: [until] };
    case 'lt':
      return { sql: 'published_ms < ?', parameters: [from] };
    case 'lte':
      return { sql: 'published_ms < ?', parameters: [until] };
    case 'eq':
      return { sql: 'published_ms >= ? AND published_ms < ?', parameters: [from, until] };
    case 'ne':
      return negate({ sql: 'published_ms >= ? AND published_ms < ?', parameters: [from, until] });
  }
}

function join(parts: SqlCondition[], separator: string, none: string): SqlCondition {
  if (parts.length === 0) return { sql: none, parameters: [] };
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(separator),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** Not true, which a document without the field is too. */
function negate({ sql, parameters }: SqlCondition): SqlCondition {
  return { sql: `NOT coalesce((${sql}), 0)`, parameters };
}

function toParameter(value: FilterValue): string | number {
  return typeof value === 'boolean' ? Number(value) : value;
}
