import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reader } from '../documents/reader.js';
import { type FileReading, unitsOfFiles } from '../ingest/read-files.js';
import { unitsOfLines } from '../ingest/read-lines.js';
import { emptyUnit, type Unit } from '../ingest/units.js';
import type { ClaimedPart, JobClaims } from './job-claims.js';
import { linesOf } from './job-parts.js';
import type { PartRange } from './shared-progress.js';

export interface PartReading {
  claims: JobClaims;
  reader: Reader;
  /** How uploaded files are read. */
  files: FileReading;
  /** Where a file lies while it is read. */
  folder: string;
}

/**
 * What the parts of a job's input give, as long as there are parts that nobody works on. Behind the last unit of each
 * part comes one of nothing, by whose position the part is done.
 *
 * @param claimed gets each part
 */
export async function* unitsOfParts(
  job: string,
  claimed: PartRange[],
  { claims, ...how }: PartReading,
): AsyncGenerator<Unit> {
  for (let part = await claims.nextPart(job); part; part = await claims.nextPart(job)) {
    claimed.push({ part: part.part, first: part.first, last: part.last });
    yield* part.name === null
      ? unitsOfLines(linesOf(part), part.position, how.reader)
      : unitsOfUpload(job, { ...part, name: part.name }, how);
    yield { ...emptyUnit(part.last), done: 0 };
  }
}

async function* unitsOfUpload(
  job: string,
  { part, content, name, last }: ClaimedPart & { name: string },
  { files, folder }: Pick<PartReading, 'files' | 'folder'>,
): AsyncGenerator<Unit> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${job}-${part}`);
  try {
    await writeFile(path, content ?? '');
    for await (const unit of unitsOfFiles([{ path, name, place: null }], 0, files)) {
      // The part is done with the unit behind this one: until then nothing of it is.
      yield { ...unit, position: last - 1 };
    }
  } finally {
    await rm(path, { force: true });
  }
}
