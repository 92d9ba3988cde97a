import type { Filter, FilterField, FilterValue } from '../filter.js';
import { Parameters } from './parameters.js';

/** A condition on the rows of `documents` with its parameters, `$1` and so on. */
export interface SqlCondition {
  sql: string;
  parameters: unknown[];
}

type Condition = Extract<Filter, { field: FilterField }>;

const COLUMNS: ReadonlySet<string> = new Set(['id', 'title', 'url', 'source', 'author', 'language']);
const COMPARISONS = { eq: '=', ne: '=', in: '=', nin: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const DAY_MS = 86_400_000;

/** Translates a filter into SQL; every value is a parameter. It lets through what SQLite's translation does. */
export function filterToSql(filter: Filter): SqlCondition {
  const parameters = new Parameters();
  return { sql: translated(filter, parameters), parameters: parameters.values };
}

function translated(filter: Filter, parameters: Parameters): string {
  if ('and' in filter) return joined(filter.and, ' AND ', 'true', parameters);
  if ('or' in filter) return joined(filter.or, ' OR ', 'false', parameters);
  if ('not' in filter) return negated(translated(filter.not, parameters));
  const { field, operator } = filter;
  if (field === 'publishedAt') return dateCondition(filter, parameters);
  const some = COLUMNS.has(field)
    ? columnCondition(filter, `documents.${field}`, parameters)
    : listCondition(filter, parameters);
  const isNegative =
    operator === 'ne' || operator === 'nin' || (operator === 'exists' && filter.value === false);
  return isNegative ? negated(some) : some;
}

function joined(filters: Filter[], separator: string, none: string, parameters: Parameters): string {
  return filters.map((filter) => `(${translated(filter, parameters)})`).join(separator) || none;
}

/** Not true, which a document without the field is too. */
function negated(sql: string): string {
  return `NOT coalesce((${sql}), false)`;
}

/** Whether the value of a column fits, whatever a negative operator makes of that. */
function columnCondition(
  { field, operator, value }: Condition,
  column: string,
  parameters: Parameters,
): string {
  if (operator === 'exists') return `${column} IS NOT NULL`;
  const texts = [value].flat().filter((one) => typeof one === 'string');
  const comparison = COMPARISONS[operator];
  if (field === 'language' && comparison === '=') {
    // A language is found with its regions: `en` is `en-GB` too (RFC 4647, 3.3.1).
    const tests = texts.map((text) => {
      const tag = `${parameters.add(text)}::text`;
      return `${column} = ${tag} OR starts_with(${column}, ${tag} || '-')`;
    });
    return tests.join(' OR ') || 'false';
  }
  if (comparison === '=') return `${column} = ANY(${parameters.add(texts)}::text[])`;
  // Any number is before any text, and no text is a number.
  if (texts.length === 0) return comparison.startsWith('>') ? `${column} IS NOT NULL` : 'false';
  return `${column} COLLATE "C" ${comparison} ${parameters.add(texts[0])}::text`;
}

/** Whether one of the values of a list fits: tags, or what stands in the metadata. */
function listCondition({ field, operator, value }: Condition, parameters: Parameters): string {
  if (field === 'tags' && operator !== 'exists' && COMPARISONS[operator] === '=') {
    const tags = [value].flat().filter((one) => typeof one === 'string');
    // What an index of the tags answers.
    if (tags.length === [value].flat().length) return `documents.tags ?| ${parameters.add(tags)}::text[]`;
  }
  const whole = field === 'tags' ? 'documents.tags' : metadataAt(field, parameters);
  const elements = `(SELECT
      CASE jsonb_typeof(e) WHEN 'number' THEN (e #>> '{}')::double precision
        WHEN 'boolean' THEN (e = 'true'::jsonb)::integer END AS number,
      CASE WHEN jsonb_typeof(e) IN ('string', 'array', 'object') THEN e #>> '{}' END COLLATE "C" AS text
    FROM (SELECT ${whole} AS whole) AS given, LATERAL (
      SELECT jsonb_array_elements(CASE jsonb_typeof(whole) WHEN 'array' THEN whole ELSE '[]' END) AS e
      UNION ALL SELECT value FROM jsonb_each(CASE jsonb_typeof(whole) WHEN 'object' THEN whole ELSE '{}' END)
      UNION ALL SELECT whole WHERE jsonb_typeof(whole) NOT IN ('array', 'object')
    ) AS each WHERE jsonb_typeof(e) <> 'null') AS own`;
  return `EXISTS (SELECT FROM ${elements} WHERE ${elementTest(operator, value, parameters)})`;
}

function metadataAt(field: FilterField, parameters: Parameters): string {
  const keys = field.slice('metadata.'.length).split('.');
  // By name at each step: a number is not the place in a list.
  return `documents.metadata::jsonb${keys.map((key) => ` -> ${parameters.add(key)}::text`).join('')}`;
}

/** As SQLite orders them: any number is before any text. */
function elementTest(
  operator: Condition['operator'],
  value: Condition['value'],
  parameters: Parameters,
): string {
  if (operator === 'exists') return 'true';
  const values: FilterValue[] = [value].flat();
  const comparison = COMPARISONS[operator];
  if (comparison === '=') {
    const texts = values.filter((one) => typeof one === 'string');
    const numbers = values.filter((one) => typeof one !== 'string').map(Number);
    return `own.text = ANY(${parameters.add(texts)}::text[]) OR own.number = ANY(${parameters.add(numbers)}::double precision[])`;
  }
  const [only = ''] = values;
  const isLess = comparison.startsWith('<');
  if (typeof only === 'string') {
    const test = `own.text ${comparison} ${parameters.add(only)}::text`;
    return isLess ? `${test} OR own.number IS NOT NULL` : test;
  }
  const test = `own.number ${comparison} ${parameters.add(Number(only))}::double precision`;
  return isLess ? test : `${test} OR own.text IS NOT NULL`;
}

/** Compares moments; a bare date stands for its whole day. */
function dateCondition(filter: Condition, parameters: Parameters): string {
  const { operator, value } = filter;
  if (operator === 'exists') return `documents.published_ms IS ${value ? 'NOT ' : ''}NULL`;
  if (operator === 'in' || operator === 'nin') {
    const days = value.map((one): Filter => ({ field: 'publishedAt', operator: 'eq', value: one }));
    const any = joined(days, ' OR ', 'false', parameters);
    return operator === 'in' ? any : negated(any);
  }
  const from = Date.parse(String(value));
  const until = from + (String(value).includes('T') ? 1 : DAY_MS);
  const since = (ms: number): string => `documents.published_ms >= ${parameters.add(ms)}`;
  const before = (ms: number): string => `documents.published_ms < ${parameters.add(ms)}`;
  switch (operator) {
    case 'gte':
      return since(from);
    case 'gt':
      return since(until);
    case 'lt':
      return before(from);
    case 'lte':
      return before(until);
    case 'eq':
      return `${since(from)} AND ${before(until)}`;
    case 'ne':
      return negated(`${since(from)} AND ${before(until)}`);
  }
}
