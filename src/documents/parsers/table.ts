import { AkinError } from '../../errors.js';
import type { ParsedDocument } from '../../types.js';
import { collectParts, type ReadDocuments } from '../containers/parts.js';
import { readDate } from '../dates.js';
import { documentOfInput } from '../document-input.js';
import { unknownFields } from '../fields.js';
import { readDocumentInput } from '../input.js';
import { oneLine } from '../normalise.js';
import { type ColumnField, mapColumns } from './table-columns.js';
import { type Row, readRows } from './table-rows.js';

const LONGEST_HEADER = 100;
const TEXT_FIELDS = ['text', 'html', 'markdown'] as const;

/**
 * The documents of a CSV or TSV file. Where a column gives a text, each row is a document: other columns give the
 * fields that their headers name, and the rest the metadata; rows that give none are failures (`name:7`, the line
 * counted from 1). A table without such a column is one document, each row a line `header: value | header: value`.
 *
 * @param named which header gives which field, where the headers alone don't tell
 * @throws AkinError INVALID_REQUEST for a field that there is not, DAMAGED_FILE
 */
export async function parseTable(
  source: string,
  name: string,
  named: Readonly<Record<string, string>>,
): Promise<ReadDocuments> {
  const rows = readRows(source);
  const [first, ...rest] = rows;
  const headers = first && isHeader(first.cells, named) ? first.cells.map(oneLine) : null;
  const columns = mapColumns(headers ?? [], named);
  if (!headers || rest.length === 0 || !TEXT_FIELDS.some((field) => columns.has(field))) {
    return { documents: [listOf(headers, headers ? rest : rows)], failures: [] };
  }
  return collectParts(
    rest.map((row) => ({
      item: `${name}:${row.line}`,
      read: async () => ({ documents: [await documentOf(row, headers, columns)], failures: [] }),
    })),
  );
}

/** The first row names the columns unless a cell of it is a number, a date or a whole sentence. */
function isHeader(cells: string[], named: Readonly<Record<string, string>>): boolean {
  if (Object.keys(named).length > 0) return true;
  const isName = (cell: string) =>
    cell.length <= LONGEST_HEADER && readDate(cell) === null && !/^[-+]?[\d.,\s]+%?$/.test(cell.trim());
  return cells.every(isName);
}

async function documentOf(
  { cells, line }: Row,
  headers: string[],
  columns: Map<ColumnField, number>,
): Promise<ParsedDocument> {
  const more = cells.slice(headers.length).filter((cell) => cell.trim() !== '');
  if (more.length > 0) {
    const message = `The row has ${cells.length} cells and the header ${headers.length}: check the quotes in line ${line}.`;
    throw new AkinError('INVALID_DOCUMENT', message);
  }
  const fieldAt = new Map([...columns].map(([field, index]) => [index, field]));
  const input: Record<string, string> = {};
  const metadata: [string, string][] = [];
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    const field = fieldAt.get(index);
    // A date that can't be read is kept as it is: the row has the rest all the same.
    if (field && (field !== 'publishedAt' || readDate(cell) !== null)) input[field] = cell;
    else metadata.push([headers[index] || `column ${index + 1}`, cell.trim()]);
  }
  if (!TEXT_FIELDS.some((field) => input[field] !== undefined)) {
    throw new AkinError('NO_TEXT', `The row has no text in line ${line}.`);
  }
  const given = TEXT_FIELDS.filter((field) => input[field] !== undefined);
  for (const field of given.slice(1)) delete input[field];
  return documentOfInput(readDocumentInput({ ...input, metadata: Object.fromEntries(metadata) }));
}

function listOf(headers: string[] | null, rows: Row[]): ParsedDocument {
  const lines = rows.map(({ cells }) =>
    cells
      .map((cell, index) => {
        const header = headers?.[index];
        return header && cell.trim() !== '' ? `${header}: ${oneLine(cell)}` : oneLine(cell);
      })
      .filter((cell) => cell !== '')
      .join(' | '),
  );
  const text = (lines.length > 0 ? lines : [(headers ?? []).join(' | ')]).join('\n\n');
  return { ...unknownFields(), text: text.trim(), headings: [], pages: [] };
}
