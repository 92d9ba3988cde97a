import { errorCode } from '../errors.js';
import type { DocumentWriter } from '../ingest/document-writer.js';
import type { SyncInput } from '../ingest/job-input.js';
import { fileReading, type JobUnits, type UnitParts, unitsOfSync } from '../ingest/job-units.js';
import type { SiteFurniture } from '../ingest/site-furniture.js';
import type { Unit } from '../ingest/units.js';
import { nextWindow } from '../ingest/window.js';
import type { UpkeepOptions, UpkeepType } from '../maintenance/upkeep.js';
import { NO_COUNTS, outcomeOf } from '../storage/job-store.js';
import type { PostgresDatabase } from './database.js';
import type { JobClaims, Work } from './job-claims.js';
import { addFailures, endJob, type JobRow, jobRow } from './job-rows.js';
import type { Session } from './session.js';
import { type PartRange, SharedProgress } from './shared-progress.js';
import { unitsOfParts } from './units-of-parts.js';

/** How often the progress of work on the whole index is noted, and whether it was cancelled looked at. */
const NOTE_MS = 1_000;

/** Work on the whole index. */
export interface SharedUpkeep {
  run(type: UpkeepType, input: unknown, options: UpkeepOptions): Promise<void>;
}

export interface JobWorkParts extends UnitParts {
  database: PostgresDatabase;
  writer: DocumentWriter;
  furniture: SiteFurniture;
  upkeep: SharedUpkeep;
  /** Where files lie while they are read. */
  folder: () => Promise<string>;
}

/** Does what of a job was claimed. */
export class JobWork {
  readonly #parts: JobWorkParts;
  readonly #database: PostgresDatabase;
  readonly #claims: JobClaims;
  readonly #isStopped: () => boolean;
  readonly #onChange: () => void;

  constructor(
    parts: JobWorkParts,
    { claims, isStopped, onChange }: { claims: JobClaims; isStopped: () => boolean; onChange: () => void },
  ) {
    this.#parts = parts;
    this.#database = parts.database;
    this.#claims = claims;
    this.#isStopped = isStopped;
    this.#onChange = onChange;
  }

  /** @throws ClaimLost where another process has taken over */
  async run(work: Work): Promise<void> {
    const { kind, job } = work;
    if (kind === 'parts') {
      const claimed: PartRange[] = [];
      const reading = { ocr: this.#parts.ocr, columns: {} };
      const units = unitsOfParts(job.id, claimed, {
        claims: this.#claims,
        reader: this.#parts.reader,
        files: fileReading(this.#parts, reading),
        folder: await this.#parts.folder(),
      });
      await this.#write(job, units, claimed);
      return;
    }
    if (job.type === 'sync') {
      const units = await unitsOfSync(job.input as SyncInput, this.#parts);
      await this.#restart(job, units);
      if (await this.#write({ ...job, ...units }, units.iterator, null)) await this.#end(job);
    } else if (kind === 'end') await this.#end(job);
    else await this.#keepUp(job);
  }

  /** @returns whether all of it was written, and not broken off */
  async #write(
    { id, counts }: Pick<JobRow, 'id' | 'counts'>,
    units: AsyncIterator<Unit>,
    parts: PartRange[] | null,
  ): Promise<boolean> {
    const { writer } = this.#parts;
    let next = nextWindow(units, writer);
    try {
      for (let window = await next; window; window = await next) {
        if (this.#isStopped()) return false;
        // The next ones are read and embedded while these are stored.
        next = nextWindow(units, writer);
        next.catch(() => undefined);
        const { units: embedded, documents } = await window.embedded;
        const progress = new SharedProgress({ job: id, claim: this.#claims.claim, parts }, counts, embedded);
        await writer.store(documents, { progress });
        this.#onChange();
      }
    } finally {
      await units.return?.();
    }
    return !this.#isStopped();
  }

  /** Begins a job anew: what an earlier attempt counted and could not take is forgotten. */
  async #restart({ id, counts }: JobRow, units: JobUnits): Promise<void> {
    await this.#database.update(async (session) => {
      await session.run('DELETE FROM job_errors WHERE job = $1', [id]);
      await session.run('UPDATE jobs SET counts = $2 WHERE id = $1', [
        id,
        JSON.stringify(units.counts ?? counts),
      ]);
      await addFailures(id, units.failures ?? [], session);
    });
  }

  /** What comes when all input of a job is stored. */
  async #end(job: JobRow): Promise<void> {
    const { furniture, writer } = this.#parts;
    await furniture.tidyPages((pages) => writer.write(pages), this.#isStopped);
    if (this.#isStopped()) return;
    await this.#database.update(async (session) => {
      const { counts } = await jobRow(job.id, session);
      await endJob(job.id, outcomeOf(counts), session);
    });
  }

  async #keepUp(job: JobRow): Promise<void> {
    const isCancelled = await this.#cancelWatch(job.id);
    let counts = NO_COUNTS;
    let notedAt = performance.now();
    const note = async (session: Session): Promise<void> => {
      await session.run('UPDATE jobs SET counts = $2 WHERE id = $1', [job.id, JSON.stringify(counts)]);
    };
    try {
      await this.#parts.upkeep.run(job.type as UpkeepType, job.input, {
        isStopped: () => this.#isStopped() || isCancelled.value,
        onProgress: (done, total) => {
          counts = { ...counts, done, total };
          if (performance.now() - notedAt < NOTE_MS) return;
          notedAt = performance.now();
          this.#database.update(note).catch(warn);
        },
      });
    } catch (error) {
      if ((this.#isStopped() || isCancelled.value) && errorCode(error) === 'CANCELLED') return;
      throw error;
    } finally {
      isCancelled.stop();
    }
    const { passages } = await this.#parts.storage.documents.counts();
    counts = { ...counts, done: passages, total: passages };
    await this.#database.update(async (session) => {
      await note(session);
      await endJob(job.id, 'succeeded', session);
    });
  }

  /** Looks now and then whether a job was cancelled, here or by another process. */
  async #cancelWatch(id: string): Promise<{ readonly value: boolean; stop: () => void }> {
    let value = false;
    const timer = setInterval(() => {
      jobRow(id, this.#database).then(({ status }) => {
        value = status === 'cancelled';
      }, warn);
    }, NOTE_MS);
    return {
      get value() {
        return value;
      },
      stop: () => clearInterval(timer),
    };
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
