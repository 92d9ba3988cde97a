import type { FileOutcome } from '../ingest/units.js';
import type { FileRecord } from '../storage/file-store.js';
import type { Failure } from '../types.js';
import { type Cleared, removeDocuments } from './clear-documents.js';
import type { Session } from './session.js';

/** What noting the outcome of a file has removed. */
export interface Removed extends Cleared {
  documents: number;
}

/** Notes what became of a file, and removes the documents that it no longer holds. */
export async function finishFile(file: FileOutcome, session: Session): Promise<Removed> {
  if (file.kind === 'gone') {
    const removed = await removeAll(await keysOfFile(file.path, [], session), session);
    await session.run('DELETE FROM files WHERE path = $1', [file.path]);
    return removed;
  }
  if (file.kind === 'moved') {
    await moveFile(file.from, file.record.path, session);
    await session.run('DELETE FROM files WHERE path = $1', [file.from]);
    await recordFile(file.record, [], session);
    return { documents: 0, terms: [] };
  }
  const { record, failures } = file;
  // With failures, what is missing may be a part that could not be read: it stays.
  const isWhole = file.kind === 'read' && failures.length === 0;
  const gone = isWhole ? await keysOfFile(record.path, file.held, session) : [];
  const removed = await removeAll(gone, session);
  await recordFile(record, failures, session);
  return removed;
}

/** The documents of a file, but for those that it still holds. */
async function keysOfFile(path: string, held: string[], session: Session): Promise<number[]> {
  const rows = await session.query<{ key: number }>(
    'SELECT key FROM documents WHERE file = $1 AND id <> ALL($2::text[]) ORDER BY key',
    [path, held],
  );
  return rows.map(({ key }) => key);
}

async function removeAll(keys: number[], session: Session): Promise<Removed> {
  return { documents: keys.length, ...(await removeDocuments(keys, session)) };
}

/** Ids that are made from the path (`path`, `path#2`, `path/part`) follow it. */
async function moveFile(from: string, to: string, session: Session): Promise<void> {
  await session.run(
    `UPDATE documents SET file = $2,
       id = CASE WHEN id = $1 OR starts_with(id, $1 || '#') OR starts_with(id, $1 || '/')
         THEN $2 || substr(id, length($1) + 1) ELSE id END
     WHERE file = $1`,
    [from, to],
  );
}

/** Notes a file as read, in place of what was known of it. */
export async function recordFile(
  { path, hash, reading, place, readMs }: FileRecord,
  failures: Failure[],
  session: Session,
): Promise<void> {
  await session.run(
    `INSERT INTO files (path, hash, reading, root, location, size, touched_ms, read_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (path) DO UPDATE SET hash = excluded.hash, reading = excluded.reading, root = excluded.root,
       location = excluded.location, size = excluded.size, touched_ms = excluded.touched_ms, read_ms = excluded.read_ms`,
    [path, hash, reading, place?.root, place?.location, place?.size, place?.touchedMs, readMs],
  );
  await session.run('DELETE FROM file_failures WHERE path = $1', [path]);
  await session.run(
    `INSERT INTO file_failures (path, item, code, detail)
     SELECT $1, item, code, detail FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS given (item, code, detail, place) ORDER BY place`,
    [
      path,
      failures.map(({ item }) => item),
      failures.map(({ code }) => code),
      failures.map(({ detail }) => detail),
    ],
  );
}
