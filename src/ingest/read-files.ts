import type { Reader, ReadFile } from '../documents/reader.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { FileRecord } from '../storage/file-store.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { Failure } from '../types.js';
import { identifyFile } from './identify.js';
import { emptyUnit, type Unit } from './units.js';
import { type FoundFile, nameWithin } from './walk.js';

/** How the files of one job are read. */
export interface FileReading {
  reader: Reader;
  storage: StoredIndex;
  /** Names the reader and its settings: what another one read is read again. */
  reading: string;
  /** Which column of a table gives which field. */
  columns: Record<string, string>;
  ocr: boolean;
  /** Files that look as they did when they were read. */
  unchanged: ReadonlySet<FoundFile>;
  /** Files that are gone: one of them may be found again under another name. */
  gone: FileRecord[];
}

/**
 * Reads files one after the other; those whose bytes are as they were are not parsed, and one that has only got
 * another name takes its documents along.
 *
 * @param from the number of files that are done
 */
export async function* unitsOfFiles(
  files: FoundFile[],
  from: number,
  reading: FileReading,
): AsyncGenerator<Unit> {
  const gone = new Map(
    reading.gone.flatMap((record) => (record.hash === '' ? [] : [[record.hash, record] as const])),
  );
  for (const [index, file] of files.entries()) {
    if (index < from) continue;
    if (reading.unchanged.has(file)) yield await unitOfUnchanged(file, index + 1, reading.storage);
    else yield* unitsOfFile(file, index + 1, gone, reading);
  }
}

async function* unitsOfFile(
  file: FoundFile,
  position: number,
  gone: Map<string, FileRecord>,
  how: FileReading,
): AsyncGenerator<Unit> {
  const { path, name, place } = file;
  const { reader, storage, reading, columns, ocr } = how;
  const known = await storage.files.get(name);
  const record: FileRecord = { path: name, hash: '', reading, place, readMs: Date.now() };
  const isTrusted = known?.reading === reading && (await storage.files.failures(name)).length === 0;
  try {
    const knownHash = isTrusted ? known.hash : null;
    const read = await reader.readFile(path, name, { knownHash, columns, ocr });
    record.hash = read.hash;
    if (read.unchanged) {
      const unchanged = Math.max(1, (await storage.documents.idsOfFile(name)).length);
      yield { ...emptyUnit(position), unchanged, file: { kind: 'kept', record, failures: [] } };
      return;
    }
    const former = known ? undefined : gone.get(read.hash);
    if (former?.reading === reading && (await canMove(former.path, name, storage))) {
      gone.delete(read.hash);
      const unchanged = (await storage.documents.idsOfFile(former.path)).length;
      yield { ...emptyUnit(position), unchanged, file: { kind: 'moved', record, from: former.path } };
      return;
    }
    if (read.entries) {
      yield* unitsOfArchive(file, { ...read, entries: read.entries }, record, position, how);
      return;
    }
    const { documents, failures } = await identify(file, read, storage);
    const held = documents.map(({ id }) => id);
    yield { ...emptyUnit(position), documents, failures, file: { kind: 'read', record, failures, held } };
  } catch (error) {
    const failures = [failureOf(name, error)];
    yield { ...emptyUnit(position), failures, file: { kind: 'kept', record, failures } };
  }
}

/** The files of an archive, one after the other, and at last a unit that ends the archive. */
async function* unitsOfArchive(
  file: FoundFile,
  { entries, failures: refused }: ReadFile & { entries: string[] },
  record: FileRecord,
  position: number,
  { reader, storage, columns, ocr }: FileReading,
): AsyncGenerator<Unit> {
  const { path, name } = file;
  const held: string[] = [];
  const failures = [...refused];
  for (const entry of entries) {
    const part = await reader
      .readEntry(path, name, entry, { columns, ocr })
      .then((read) => identify(file, read, storage))
      .catch((error: unknown) => ({ documents: [], failures: [failureOf(`${name}/${entry}`, error)] }));
    for (const { id } of part.documents) held.push(id);
    for (const failure of part.failures) failures.push(failure);
    yield { ...emptyUnit(position - 1), ...part, done: 0 };
  }
  yield { ...emptyUnit(position), failures: refused, file: { kind: 'read', record, failures, held } };
}

async function identify(
  file: FoundFile,
  read: ReadFile,
  storage: StoredIndex,
): Promise<ReturnType<typeof identifyFile>> {
  const prefix = prefixOf(file);
  const documents = read.documents.map((document) =>
    document.id === undefined ? document : { ...document, id: prefix + document.id },
  );
  const present = await storage.documents.present(documents.flatMap(({ id }) => id ?? []));
  return identifyFile(file.name, { ...read, documents }, (id) => present.get(id)?.file ?? null);
}

/** What was put before a file's path within its folder: its documents' own ids get it too. */
function prefixOf({ name, place }: FoundFile): string {
  return place ? name.slice(0, name.length - nameWithin(place.root, place.location).length) : '';
}

/** @throws the error itself where it is no failure of the file */
function failureOf(item: string, error: unknown): Failure {
  if (error instanceof AkinError && error.code === 'CANCELLED') throw error;
  return { item, code: errorCode(error), detail: errorMessage(error) };
}

/** Whether all documents of a file can go by its new path, and nothing was left out of it. */
async function canMove(from: string, to: string, storage: StoredIndex): Promise<boolean> {
  if ((await storage.files.failures(from)).length > 0) return false;
  const ids = await storage.documents.idsOfFile(from);
  const renamed = ids.flatMap((id) => (id.startsWith(from) ? [to + id.slice(from.length)] : []));
  return ids.length > 0 && (await storage.documents.present(renamed)).size === 0;
}

/** A unit for each file that is gone, so that its documents go. */
export async function* unitsOfGone(
  gone: FileRecord[],
  storage: StoredIndex,
  position: number,
): AsyncGenerator<Unit> {
  for (const { path } of gone) {
    // One that was found again under another name is gone already.
    if (await storage.files.get(path))
      yield { ...emptyUnit(position), done: 0, file: { kind: 'gone', path } };
  }
}

/** What could not be taken of an unchanged file is said again. */
async function unitOfUnchanged({ name }: FoundFile, position: number, storage: StoredIndex): Promise<Unit> {
  const failures = await storage.files.failures(name);
  const documents = (await storage.documents.idsOfFile(name)).length;
  const unchanged = failures.length > 0 ? documents : Math.max(1, documents);
  return { ...emptyUnit(position), unchanged, failures };
}
