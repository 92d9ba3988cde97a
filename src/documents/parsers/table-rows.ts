import { CsvError, type Info, parse } from 'csv-parse/sync';
import { AkinError, errorMessage } from '../../errors.js';

/** One row of a table and the line of the file, counted from 1, at which it begins. */
export interface Row {
  cells: string[];
  line: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** How much of a table tells how its cells are parted. */
const SAMPLE = { characters: 64 * 1024, rows: 30 };
/** As Excel does: a first line `sep=;` says how cells are parted, and is no row. */
const SEPARATOR_LINE = /^sep=([,;|\t])\r?\n/i;

/**
 * The rows of a CSV or TSV source (RFC 4180), whichever of comma, semicolon, tab and bar parts the cells; blank rows
 * are left out.
 *
 * @throws AkinError DAMAGED_FILE
 */
export function readRows(source: string): Row[] {
  const named = SEPARATOR_LINE.exec(source);
  const body = named ? source.slice(named[0].length) : source;
  try {
    return rowsOf(body, named?.[1] ?? sniffDelimiter(body), named ? 1 : 0);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `The table can't be read (${errorMessage(error)}): check the quotes there.`;
    throw new AkinError('DAMAGED_FILE', message, { cause: error });
  }
}

/** The one that gives most rows the same number of cells, and of such the one that gives more cells. */
export function sniffDelimiter(source: string): string {
  const sample = source.slice(0, SAMPLE.characters);
  // What is cut off in the middle of a row says nothing of it.
  const whole = sample.length < source.length ? sample.slice(0, sample.lastIndexOf('\n') + 1) : sample;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(whole, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreOf(sample: string, delimiter: string): number {
  try {
    const rows = rowsOf(sample, delimiter, 0, SAMPLE.rows);
    const width = rows[0]?.cells.length ?? 0;
    if (width < 2) return 0;
    const alike = rows.filter(({ cells }) => cells.length === width).length / rows.length;
    return alike + width / 1_000;
  } catch (error) {
    if (error instanceof CsvError) return 0;
    throw error;
  }
}

function rowsOf(source: string, delimiter: string, linesBefore: number, most?: number): Row[] {
  const parsed = parse(source, {
    delimiter,
    info: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    ...(most === undefined ? {} : { to: most }),
  }) as unknown as { record: string[]; info: Info }[];
  return parsed
    .map(({ record, info }) => ({ cells: record, line: linesBefore + lineOf(record, info) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** csv-parse gives the line at which a row ends. */
function lineOf(record: string[], { lines }: Info): number {
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
  return lines - breaks;
}
