import { sep } from 'node:path';
import type { FileRecord } from '../storage/file-store.js';
import type { Failure } from '../types.js';
import type { FoundFile, FoundFiles } from './walk.js';

/**
 * A file that was changed less than this before it was read, in milliseconds, may have been changed again within
 * the same tick of the file system's clock: its size and time prove nothing.
 */
const CLOCK_TICK_MS = 2_000;

/** Failures that need not be the file's: they are tried again each time. */
const PASSING = new Set(['PERMISSION_DENIED', 'READ_FAILED', 'PATH_NOT_FOUND', 'INTERNAL']);

/** What a sync has to do. */
export interface SyncPlan {
  /** The files in the order in which they were found, but for those that are being written, which are left for later. */
  files: FoundFile[];
  /** Those of them that are as they were when they were read. */
  unchanged: Set<FoundFile>;
  /** Files that were there and are there no more. */
  gone: FileRecord[];
  /** Whether files were left for later: one that is gone may be one of them, by another name. */
  hasUnsettled: boolean;
}

export interface PlanInput {
  found: FoundFiles;
  /** The files that came from the same roots. */
  known: FileRecord[];
  failuresOf: (path: string) => Failure[];
  /** The reader and settings of today. */
  reading: string;
  nowMs: number;
  /** A file that was touched less than this ago is left for later. In milliseconds. */
  settleMs: number;
}

/** Compares what the folders hold with what was read of them, by size and time alone. */
export function planSync({ found, known, failuresOf, reading, nowMs, settleMs }: PlanInput): SyncPlan {
  const records = new Map(known.map((record) => [record.path, record]));
  const plan: SyncPlan = { files: [], unchanged: new Set(), gone: [], hasUnsettled: false };
  for (const file of found.files) {
    const record = records.get(file.name);
    records.delete(file.name);
    if (file.place && isBeingWritten(file.place.touchedMs, nowMs, settleMs)) {
      plan.hasUnsettled = true;
      continue;
    }
    plan.files.push(file);
    if (record && isAsItWas(file, record, reading) && !failuresOf(file.name).some(isPassing))
      plan.unchanged.add(file);
  }
  // Under another prefix, or behind a folder that could not be read, it may still be there.
  const locations = new Set(found.files.map(({ path }) => path));
  const mayBeThere = (location: string): boolean =>
    locations.has(location) || found.unread.some((folder) => location.startsWith(folder + sep));
  plan.gone = [...records.values()].filter(({ place }) => place && !mayBeThere(place.location));
  return plan;
}

/** A file that is dated in the future was not touched just now, whatever it says. */
function isBeingWritten(touchedMs: number, nowMs: number, settleMs: number): boolean {
  const age = nowMs - touchedMs;
  return settleMs > 0 && age >= -CLOCK_TICK_MS && age < settleMs;
}

function isAsItWas({ place }: FoundFile, record: FileRecord, reading: string): boolean {
  const { place: before, readMs } = record;
  if (!place || !before || readMs === null || record.reading !== reading) return false;
  const isSame =
    place.location === before.location && place.size === before.size && place.touchedMs === before.touchedMs;
  return isSame && place.touchedMs < readMs - CLOCK_TICK_MS;
}

function isPassing({ code }: Failure): boolean {
  return PASSING.has(code);
}
