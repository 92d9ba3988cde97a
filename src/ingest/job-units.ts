import { type ReadLimits, readingFingerprint } from '../documents/limits.js';
import type { Reader } from '../documents/reader.js';
import type { UpkeepType } from '../maintenance/upkeep.js';
import { type JobCounts, type JobType, NO_COUNTS, type StoredJob } from '../storage/job-store.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { Failure } from '../types.js';
import type { FilesInput, ImportInput, SyncInput } from './job-input.js';
import { readLines } from './lines.js';
import { type FileReading, unitsOfFiles, unitsOfGone } from './read-files.js';
import { unitsOfLines } from './read-lines.js';
import type { Spool } from './spool.js';
import { planSync } from './sync-plan.js';
import type { Unit } from './units.js';
import { type FoundFile, type FoundFiles, findFiles } from './walk.js';

/** A line of an import may be as long as this, in bytes. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** The units of a job, and what is known before the first. */
export interface JobUnits {
  iterator: AsyncIterator<Unit>;
  counts?: JobCounts;
  failures?: Failure[];
}

/** What units are read with. */
export interface UnitParts {
  storage: StoredIndex;
  reader: Reader;
  limits: ReadLimits;
  ocr: boolean;
}

export interface JobParts extends UnitParts {
  spool: Spool;
}

/** What a job that brings something in has still to do. */
export async function unitsOfJob(
  job: Pick<StoredJob, 'input' | 'position'> & { type: Exclude<JobType, UpkeepType> },
  parts: JobParts,
): Promise<JobUnits> {
  const { type, input, position } = job;
  switch (type) {
    case 'import': {
      const lines = readLines(parts.spool.read((input as ImportInput).path), LONGEST_LINE);
      return { iterator: unitsOfLines(lines, position, parts.reader) };
    }
    case 'files': {
      const reading = fileReading(parts, { ocr: parts.ocr, columns: {} });
      return { iterator: unitsOfFiles((input as FilesInput).files, position, reading) };
    }
    case 'sync':
      return unitsOfSync(input as SyncInput, parts);
  }
}

/** Files that have not changed are passed over, so that a sync which was broken off simply begins anew. */
export async function unitsOfSync(input: SyncInput, parts: UnitParts): Promise<JobUnits> {
  const { storage } = parts;
  const found = await foundBy(input, storage);
  const reading = fileReading(parts, input);
  const failed = await storage.files.failuresOfRoots(found.roots);
  const plan = planSync({
    found,
    known: await storage.files.ofRoots(found.roots),
    failuresOf: (path) => failed.get(path) ?? [],
    reading: reading.reading,
    nowMs: Date.now(),
    settleMs: input.settleMs,
  });
  const failures = [...found.failures];
  const isEmptied = input.prune && plan.gone.length > 0 && found.files.length === 0;
  if (isEmptied) failures.push(emptiedFailure(found.roots));
  async function* units(): AsyncGenerator<Unit> {
    yield* unitsOfFiles(plan.files, 0, { ...reading, unchanged: plan.unchanged, gone: plan.gone });
    if (input.prune && !isEmptied && !plan.hasUnsettled)
      yield* unitsOfGone(plan.gone, storage, plan.files.length);
  }
  const counts = { ...NO_COUNTS, total: plan.files.length, failed: failures.length };
  return { iterator: units(), counts, failures };
}

async function foundBy(
  { paths, idPrefix, followLinks }: SyncInput,
  storage: StoredIndex,
): Promise<FoundFiles> {
  if (paths === null) {
    const files = (await storage.files.failed()).flatMap(({ path, place }): FoundFile[] => {
      return place ? [{ path: place.location, name: path, place }] : [];
    });
    return { roots: [], files, failures: [], unread: [] };
  }
  const found = await findFiles(paths, { followLinks });
  return { ...found, files: found.files.map((file) => ({ ...file, name: idPrefix + file.name })) };
}

/** How the files of a job are read that says so. */
export function fileReading(
  { reader, storage, limits }: UnitParts,
  { ocr, columns }: Pick<SyncInput, 'ocr' | 'columns'>,
): FileReading {
  const reading = readingFingerprint({ limits, ocr, columns });
  return { reader, storage, reading, columns, ocr, unchanged: new Set(), gone: [] };
}

/** A folder on a disk that is not mounted looks empty: it must not cost the whole index. */
function emptiedFailure(roots: string[]): Failure {
  return {
    item: '',
    code: 'NOTHING_FOUND',
    detail: `There is no file in ${roots.join(', ')}, where the index has documents from: nothing was removed. If the folder was emptied on purpose, remove the documents with akin remove.`,
  };
}
