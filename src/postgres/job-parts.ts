import { readFile } from 'node:fs/promises';
import { type Line, readLines } from '../ingest/lines.js';
import type { FoundFile } from '../ingest/walk.js';
import type { PostgresDatabase } from './database.js';
import { NOW } from './job-claims.js';
import { RECEIVING_SECONDS } from './job-rows.js';

/** A line of an import may be as long as this, in bytes. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** A part holds no more than so many lines, and ends behind the line with which it has so many bytes. */
const LINES_OF_PART = 256;
const BYTES_OF_PART = 1024 * 1024;

/** Keeps a stream of NDJSON as parts of a job's input; gives the number of lines that hold something. */
export async function keepLines(
  job: string,
  stream: AsyncIterable<Buffer>,
  database: PostgresDatabase,
): Promise<number> {
  let [part, lines, first] = [0, 0, 1];
  let held: (Line & { bytes: Buffer })[] = [];
  const keepOne = (numbers: { first: number; last: number }, content: Buffer | null): Promise<void> =>
    keepPart(database, { job, part: ++part, ...numbers, content, name: null });
  let bytes = 0;
  const keep = async (): Promise<void> => {
    const last = held.at(-1)?.number;
    if (last === undefined) return;
    await keepOne({ first, last }, joined(held, first));
    first = last + 1;
    held = [];
    bytes = 0;
  };
  for await (const line of readLines(stream, LONGEST_LINE)) {
    lines++;
    if (line.bytes === null) {
      await keep();
      await keepOne({ first, last: line.number }, null);
      first = line.number + 1;
      continue;
    }
    held.push({ number: line.number, bytes: line.bytes });
    bytes += line.bytes.byteLength;
    if (held.length >= LINES_OF_PART || bytes >= BYTES_OF_PART) await keep();
  }
  await keep();
  return lines;
}

/** Keeps files as parts of a job's input, each one part. */
export async function keepFiles(
  job: string,
  files: Pick<FoundFile, 'path' | 'name'>[],
  database: PostgresDatabase,
): Promise<void> {
  for (const [index, { path, name }] of files.entries()) {
    const number = index + 1;
    const content = await readFile(path);
    await keepPart(database, { job, part: number, first: number, last: number, content, name });
  }
}

interface NewPart {
  job: string;
  part: number;
  first: number;
  last: number;
  /** Null in place of a line that is too long. */
  content: Buffer | null;
  name: string | null;
}

async function keepPart(
  database: PostgresDatabase,
  { job, part, first, last, content, name }: NewPart,
): Promise<void> {
  await database.update(async (session) => {
    await session.run(
      `INSERT INTO job_parts (job, part, first, last, position, content, name) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [job, part, first, last, first - 1, content, name],
    );
    await session.run(`UPDATE jobs SET claimed_until = ${NOW} + ${RECEIVING_SECONDS} WHERE id = $1`, [job]);
  });
}

/** Each line at its number, with nothing where one held nothing. */
function joined(lines: { number: number; bytes: Buffer }[], first: number): Buffer {
  const parts: Buffer[] = [];
  let next = first;
  for (const { number, bytes } of lines) {
    parts.push(Buffer.alloc(number - next, '\n'), bytes, Buffer.from('\n'));
    next = number + 1;
  }
  return Buffer.concat(parts);
}

/** The lines of a part, those with nothing in them left out, by their numbers in the whole. */
export async function* linesOf({
  first,
  last,
  content,
}: {
  first: number;
  last: number;
  content: Buffer | null;
}): AsyncGenerator<Line> {
  if (content === null) yield { number: last, bytes: null };
  else
    for await (const line of readLines(oneChunk(content), LONGEST_LINE))
      yield { ...line, number: first - 1 + line.number };
}

async function* oneChunk(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
