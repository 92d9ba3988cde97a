import type { Reader, ReadFile } from '../documents/reader.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { Storage } from '../storage/storage.js';
import type { Failure } from '../types.js';
import type { IdentifiedDocument } from './document-writer.js';
import { identifyFile, identifyInput } from './identify.js';
import type { Line } from './lines.js';
import type { FoundFile } from './walk.js';

/** What one line or one file gave, in the order of the job's input. */
export interface Unit {
  documents: IdentifiedDocument[];
  failures: Failure[];
  /** Documents that were not read since their file has not changed. */
  unchanged: number;
  /** The file that ends with this unit: it is noted as read once the documents are stored. */
  file: EndedFile | null;
  /** Another unit of the same line or file follows. */
  isPart: boolean;
  /** The job's position once this is done. */
  position: number;
}

export interface EndedFile {
  path: string;
  hash: string;
  /** The ids of all its documents. */
  held: string[];
  /** Nothing of it failed. */
  isWhole: boolean;
}

const NOTHING: Unit = {
  documents: [],
  failures: [],
  unchanged: 0,
  file: null,
  isPart: false,
  position: 0,
};

/** Lines that go to the reading thread together. */
const LINES_AT_ONCE = 64;

/**
 * Reads the lines of an import, each a JSON document.
 * @param from the lines up to this one are done
 */
export async function* unitsOfLines(
  lines: AsyncIterable<Line>,
  from: number,
  reader: Reader,
): AsyncGenerator<Unit> {
  let batch: Line[] = [];
  for await (const line of lines) {
    if (line.number <= from) continue;
    batch.push(line);
    if (batch.length < LINES_AT_ONCE) continue;
    yield* readBatch(batch, reader);
    batch = [];
  }
  yield* readBatch(batch, reader);
}

async function* readBatch(lines: Line[], reader: Reader): AsyncGenerator<Unit> {
  const texts = lines.map(decodeLine);
  const read = await reader.readInputs(texts.filter((text) => typeof text === 'string'));
  for (const [index, { number }] of lines.entries()) {
    const text = texts[index];
    const result = typeof text === 'string' ? read.shift() : text && { failure: text, issues: [] };
    if (!result) throw new Error(`Line ${number} was not read`);
    const nothing: Unit = { ...NOTHING, position: number };
    if ('document' in result) yield { ...nothing, documents: [identifyInput(result.document)] };
    else yield { ...nothing, failures: [{ item: `line ${number}`, ...result.failure }] };
  }
}

function decodeLine({ bytes }: Line): string | Omit<Failure, 'item'> {
  if (!bytes) return { code: 'PAYLOAD_TOO_LARGE', detail: 'The line is too long for one document.' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // TextDecoder says no more than that the bytes are wrong.
    return { code: 'INVALID_ENCODING', detail: 'The line is not valid UTF-8. Save the file as UTF-8.' };
  }
}

/**
 * Reads files one after the other; those that have not changed since they were last read are not parsed.
 * @param from the number of files that are done
 */
export async function* unitsOfFiles(
  files: FoundFile[],
  from: number,
  reader: Reader,
  storage: Storage,
): AsyncGenerator<Unit> {
  for (const [index, found] of files.entries()) {
    if (index < from) continue;
    const { path, name } = found;
    const nothing: Unit = { ...NOTHING, position: index + 1 };
    try {
      const read = await reader.readFile(path, name, { knownHash: storage.fileHash(name) });
      if (read.unchanged) {
        yield { ...nothing, unchanged: Math.max(1, storage.documents.idsOfFile(name).length) };
      } else if (read.entries) yield* unitsOfArchive(found, read, read.entries, index, reader, storage);
      else {
        const identified = identify(name, read, storage);
        yield { ...nothing, ...identified, file: endOf(name, read.hash, [identified]) };
      }
    } catch (error) {
      yield { ...nothing, failures: [failureOf(name, error)] };
    }
  }
}

/** The files of an archive, one after the other, and at last a unit that ends the archive. */
async function* unitsOfArchive(
  { path, name }: FoundFile,
  { hash, failures }: ReadFile,
  entries: string[],
  position: number,
  reader: Reader,
  storage: Storage,
): AsyncGenerator<Unit> {
  const parts: Part[] = [{ documents: [], failures }];
  for (const entry of entries) {
    const part = await reader
      .readEntry(path, name, entry)
      .then((read) => identify(name, read, storage))
      .catch((error: unknown) => ({ documents: [], failures: [failureOf(`${name}/${entry}`, error)] }));
    // Of what is read, only the ids are needed to the end.
    parts.push({ documents: part.documents.map(({ id }) => ({ id })), failures: part.failures });
    yield { ...NOTHING, ...part, isPart: true, position };
  }
  yield { ...NOTHING, failures, file: endOf(name, hash, parts), position: position + 1 };
}

interface Part {
  documents: { id: string }[];
  failures: Failure[];
}

function identify(name: string, read: ReadFile, storage: Storage): ReturnType<typeof identifyFile> {
  const present = storage.documents.present(read.documents.flatMap(({ id }) => id ?? []));
  return identifyFile(name, read, (id) => present.get(id)?.file ?? null);
}

function endOf(path: string, hash: string, parts: Part[]): EndedFile {
  const isWhole = parts.every(({ failures }) => failures.length === 0);
  const held = parts.flatMap(({ documents }) => documents.map(({ id }) => id));
  // A file with failures is read again the next time, so that they are reported again until they are mended.
  return { path, hash: isWhole ? hash : '', held, isWhole };
}

/** @throws the error itself where it is no failure of the file */
function failureOf(item: string, error: unknown): Failure {
  if (error instanceof AkinError && error.code === 'CANCELLED') throw error;
  return { item, code: errorCode(error), detail: errorMessage(error) };
}
