import { AkinError } from '../errors.js';

/** Which parameters of a query string are not plain text. */
export interface FlatQueryTypes {
  numbers?: string[];
  booleans?: string[];
  /** Given several times, or once with commas. */
  lists?: string[];
  json?: string[];
}

/**
 * Turns a query string's texts into values. What can't be turned is left as it is, for the schema to refuse;
 * @throws AkinError INVALID_REQUEST where JSON is wrong
 */
export function flatQuery(
  query: Record<string, unknown>,
  { numbers = [], booleans = [], lists = [], json = [] }: FlatQueryTypes,
): Record<string, unknown> {
  const read = (name: string, value: unknown): unknown => {
    if (lists.includes(name))
      return [value]
        .flat()
        .flatMap((one) => String(one).split(','))
        .filter(Boolean);
    if (typeof value !== 'string') return value;
    if (numbers.includes(name))
      return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value);
    if (booleans.includes(name))
      return { true: true, '1': true, '': true, false: false, '0': false }[value] ?? value;
    return json.includes(name) ? parseJson(name, value) : value;
  };
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, read(name, value)]));
}

function parseJson(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new AkinError(
      'INVALID_REQUEST',
      `${name} is no JSON; write it as {"source": "The Star"}, percent-encoded.`,
      {
        cause: error,
        issues: [{ path: name, message: 'is no JSON' }],
      },
    );
  }
}
