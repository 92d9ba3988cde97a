import { createReadStream } from 'node:fs';
import { archiveKind } from './containers/archive-kind.js';
import { ReadBudget } from './containers/budget.js';
import type { ReadDocuments } from './containers/parts.js';
import { listEntries, readEntryBytes } from './containers/read-archive.js';
import { ZipArchive } from './containers/zip.js';
import type { ReadOptions } from './limits.js';
import { parsePart } from './parse.js';
import { readError } from './read-error.js';

const ZIP_HEADERS = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x05\x06')];

interface Opened {
  path: string;
  archive: ZipArchive;
  budget: ReadBudget;
}

/**
 * Reads archives on the disk one entry at a time, so that none is ever in memory whole. The one that was asked for
 * last stays open, with what is left of its limits.
 */
export class ArchiveReader {
  #opened: Opened | null = null;

  /**
   * The files in an archive, or null where the file is none, or is a document that is kept as one.
   * @throws AkinError DAMAGED_FILE, EMPTY_FILE, UNSUPPORTED_TYPE, or why the file can't be read
   */
  async list(
    path: string,
    name: string,
    options: ReadOptions,
  ): Promise<{ entries: string[]; failures: ReadDocuments['failures'] } | null> {
    this.close();
    if (!(await isZip(path))) return null;
    const { archive } = await this.#open(path, options);
    if ((await archiveKind(archive, name)) === 'zip') return listEntries(archive, name);
    this.close();
    return null;
  }

  /** The documents of one entry; each has its path in the archive as `part`. */
  async read(path: string, name: string, entry: string, options: ReadOptions): Promise<ReadDocuments> {
    const { archive, budget } = this.#opened?.path === path ? this.#opened : await this.#open(path, options);
    const bytes = await readEntryBytes(archive, entry, name);
    return parsePart(bytes, entry, name, { options, budget });
  }

  close(): void {
    this.#opened?.archive.close();
    this.#opened = null;
  }

  async #open(path: string, { limits }: ReadOptions): Promise<Opened> {
    this.close();
    const budget = new ReadBudget(limits);
    this.#opened = { path, archive: await ZipArchive.ofFile(path, budget), budget };
    return this.#opened;
  }
}

async function isZip(path: string): Promise<boolean> {
  try {
    for await (const head of createReadStream(path, { end: 3 })) {
      return ZIP_HEADERS.some((header) => header.equals(head));
    }
    return false;
  } catch (error) {
    throw readError(error);
  }
}
