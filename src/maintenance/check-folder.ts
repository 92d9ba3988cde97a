import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { DATABASE_FILE } from '../storage/database-file.js';
import { type SnapshotRecord, VectorStore } from '../storage/vector-store.js';
import { isRecorded, SNAPSHOT_NAME } from '../vector-index/snapshot.js';
import { type Finding, findingOf } from './finding.js';

/** Jobs whose uploads lie in the spool. */
const UPLOADS = ['import', 'files'];

/** What about the files beside the database is not as it should be. */
export interface UnsoundFiles {
  /** The snapshot that the database names, if it is not the one in the folder. */
  snapshot: SnapshotRecord | null;
  /** Paths within the folder that nothing needs. */
  leftovers: string[];
  /** Unfinished jobs whose uploads are gone. */
  jobs: string[];
}

export async function unsoundFiles(database: Database, folder: string): Promise<UnsoundFiles> {
  const record = new VectorStore(database).snapshot();
  const snapshot = record && !(await isRecorded(folder, record)) ? record : null;
  const names = await readdir(folder);
  const spooled = await readdir(join(folder, 'spool')).catch((): string[] => []);
  const unfinished = database
    .prepare("SELECT id, type FROM jobs WHERE status IN ('queued', 'running')")
    .all() as { id: string; type: string }[];
  const needed = (name: string): boolean => name === record?.file && snapshot === null;
  return {
    snapshot,
    leftovers: [
      ...names.filter((name) => SNAPSHOT_NAME.test(name) && !needed(name)),
      ...names.filter((name) => name === `${DATABASE_FILE}.restoring`),
      ...spooled
        .filter((name) => !unfinished.some(({ id }) => id === name))
        .map((name) => join('spool', name)),
    ],
    jobs: unfinished
      .filter(({ id, type }) => UPLOADS.includes(type) && !spooled.includes(id))
      .map(({ id }) => id),
  };
}

export function checkFolder({ snapshot, leftovers, jobs }: UnsoundFiles): Finding[] {
  return [
    ...findingOf('snapshot', snapshot ? [snapshot.file] : [], {
      detail: 'the snapshot of the vector index is missing, or not the one that was written',
      repair: 'forgets it: the next opening builds the vector index from the stored vectors',
    }),
    ...findingOf('leftovers', leftovers, {
      detail: 'files are left over that nothing needs',
      repair: 'removes them',
    }),
    ...findingOf('job-uploads', jobs, {
      detail: 'unfinished jobs have lost their uploads',
      repair: 'ends them as failed',
      advice: 'Send those files or documents again.',
    }),
  ];
}

/** Mends what `unsoundFiles` found. */
export async function mendFolder(
  database: Database,
  folder: string,
  { snapshot, leftovers, jobs }: UnsoundFiles,
): Promise<void> {
  if (snapshot) new VectorStore(database).forgetSnapshot();
  const fail = database.prepare(
    "UPDATE jobs SET status = 'failed', finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
  );
  const tell = database.prepare(
    "INSERT INTO job_errors (job, item, code, detail) VALUES (?, '', 'READ_FAILED', 'Its uploads are gone: send them again.')",
  );
  database.transaction(() => {
    for (const id of jobs) {
      fail.run(id);
      tell.run(id);
    }
  })();
  for (const name of leftovers) await rm(join(folder, name), { recursive: true, force: true });
}
