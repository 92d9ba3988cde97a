import { storable } from './storable.js';

/** The values of one row, in the order of the columns. */
export type CopyRow = (string | number | null)[];

/** What the text format of COPY gives a meaning of its own. */
const SPECIAL = /[\\\b\f\n\r\t\v]/g;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** About how much text is sent at a time, in characters. */
const PIECE = 65_536;

/** Rows in the text format of COPY, in pieces of a handy size. @see https://www.postgresql.org/docs/current/sql-copy.html */
export function* copyText(rows: Iterable<CopyRow>): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += `${row.map(field).join('\t')}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function field(value: string | number | null): string {
  if (value === null) return '\\N';
  return typeof value === 'number'
    ? String(value)
    : storable(value).replace(SPECIAL, (sign) => ESCAPES[sign] ?? sign);
}
