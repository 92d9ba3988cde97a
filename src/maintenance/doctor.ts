import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AkinError, errorMessage } from '../errors.js';
import { damageCode } from '../storage/damage.js';
import { lockDatabase, schemaVersion } from '../storage/database.js';
import { DATABASE_FILE } from '../storage/database-file.js';
import { removeOwner, writeOwner } from '../storage/owner.js';
import { MIGRATIONS } from '../storage/schema.js';
import { checkDocuments, type UnsoundDocuments, unsoundDocuments } from './check-documents.js';
import { checkFolder, type UnsoundFiles, unsoundFiles } from './check-folder.js';
import { checkPages } from './check-pages.js';
import { type Finding, findingOf } from './finding.js';
import { mend } from './mend.js';
import { ROW_CHECKS } from './row-checks.js';

/** What `akin doctor` says about an index folder. */
export interface Diagnosis {
  folder: string;
  /** Whether nothing is wrong, as it is now. */
  sound: boolean;
  /** What is wrong. */
  findings: Finding[];
  /** What was wrong and has been mended. */
  repaired: Finding[];
  /** What is worth knowing and is not wrong. */
  notes: string[];
}

/** What was found, with what mending needs to know of it. */
export interface Examination {
  findings: Finding[];
  notes: string[];
  /** Null where the database is too damaged, or of another version, to look at what is in it. */
  unsound: { documents: UnsoundDocuments; files: UnsoundFiles } | null;
}

const RESTORE = 'Put a backup back (akin restore FILE --force), or delete the index folder and ingest again.';

/**
 * Says what is wrong with an index folder that no process holds; no model is needed. Without `repair` nothing is
 * changed.
 *
 * @param options.repair mend what can be mended from what is there. Default: false
 * @throws AkinError INDEX_NOT_FOUND, INDEX_LOCKED or INDEX_UNWRITABLE
 */
export async function diagnose(
  folder: string,
  { repair = false }: { repair?: boolean } = {},
): Promise<Diagnosis> {
  if (!existsSync(join(folder, DATABASE_FILE)) && !existsSync(join(folder, `${DATABASE_FILE}-wal`))) {
    throw new AkinError('INDEX_NOT_FOUND', `There is no index in ${folder}. Name its folder with --index.`);
  }
  let database: Database;
  try {
    database = lockDatabase(folder);
  } catch (error) {
    if (!(error instanceof AkinError) || error.code !== 'INDEX_DAMAGED') throw error;
    return { folder, sound: false, findings: unreadable(error), repaired: [], notes: [] };
  }
  writeOwner(folder, { pid: process.pid, address: null });
  try {
    const before = await examine(database, folder);
    if (!repair || before.findings.length === 0 || !before.unsound) return told(folder, before, []);
    await mend(database, folder, before);
    const after = await examine(database, folder);
    const left = new Set(after.findings.map(({ check }) => check));
    return told(
      folder,
      after,
      before.findings.filter(({ check }) => !left.has(check)),
    );
  } finally {
    database.close();
    removeOwner(folder);
  }
}

async function examine(database: Database, folder: string): Promise<Examination> {
  try {
    const version = schemaVersion(database);
    if (version > MIGRATIONS.length) {
      const detail = `the index was written by a newer Akin (schema ${version}, this one knows ${MIGRATIONS.length})`;
      const findings = findingOf('schema', [version], { detail, advice: 'Update Akin.' });
      return { findings, notes: [], unsound: null };
    }
    const pages = checkPages(database);
    if (pages.some(({ repair }) => repair === null)) return { findings: pages, notes: [], unsound: null };
    if (version < MIGRATIONS.length) {
      const note = `An older Akin made the index (schema ${version} of ${MIGRATIONS.length}); it is brought up to date when it is opened, and can be looked into then.`;
      return { findings: pages, notes: [note], unsound: null };
    }
    return await examineContent(database, folder, pages);
  } catch (error) {
    if (damageCode(error) === null) throw error;
    return { findings: unreadable(error), notes: [], unsound: null };
  }
}

async function examineContent(database: Database, folder: string, pages: Finding[]): Promise<Examination> {
  const notes: string[] = [];
  const setting = database.prepare('SELECT value FROM settings WHERE name = ?').pluck();
  const madeTo = setting.get('made_to');
  if (madeTo !== undefined)
    notes.push('An upgrade of the index was broken off; it goes on when it is opened.');
  const model = modelOf(setting.get('model'));
  const dimensions = model ?? commonDimensions(database);
  const documents = unsoundDocuments(
    database,
    dimensions,
    madeTo === undefined ? Number.MAX_SAFE_INTEGER : Number(madeTo),
  );
  const files = await unsoundFiles(database, folder);
  const findings = [
    ...pages,
    ...ROW_CHECKS.flatMap(({ check, detail, find, does }) =>
      findingOf(check, database.prepare(find).pluck().all() as (string | number)[], { detail, repair: does }),
    ),
    ...checkDocuments(database, documents),
    ...findingOf('model', model === null && dimensions > 0 ? ['model'] : [], {
      detail: 'it is not known which model made the vectors',
      advice: RESTORE,
    }),
    ...checkFolder(files),
  ];
  return { findings, notes, unsound: { documents, files } };
}

/** The dimensions of the model that made the vectors; null where that is not known. */
function modelOf(recorded: unknown): number | null {
  try {
    const { dimensions } = JSON.parse(String(recorded));
    return Number.isSafeInteger(dimensions) && dimensions > 0 ? dimensions : null;
  } catch {
    // A record that is no JSON is no record.
    return null;
  }
}

function commonDimensions(database: Database): number {
  const bytes = database
    .prepare('SELECT length(vector) FROM vectors GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
    .pluck()
    .get();
  return Number(bytes ?? 0) / Float32Array.BYTES_PER_ELEMENT;
}

function unreadable(error: unknown): Finding[] {
  return findingOf('pages', [errorMessage(error)], {
    detail: 'the database can not be read',
    advice: RESTORE,
  });
}

function told(folder: string, { findings, notes }: Examination, repaired: Finding[]): Diagnosis {
  return { folder, sound: findings.length === 0, findings, repaired, notes };
}
