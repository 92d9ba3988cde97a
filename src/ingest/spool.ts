import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncToDisk } from '../durable-file.js';
import { AkinError } from '../errors.js';

const GONE = 'The index folder is gone. Put it back, and Akin goes on.';

/** Uploads that are acknowledged but not yet read, in a folder for each job: `spool/<job>/`. */
export class Spool {
  readonly #folder: string;

  constructor(indexFolder: string) {
    this.#folder = join(indexFolder, 'spool');
  }

  /** Writes a stream to the disk; when it resolves, a crash does not lose it. Gives the path and the line count. */
  async keepStream(job: string, stream: NodeJS.ReadableStream): Promise<{ path: string; lines: number }> {
    const path = join(await this.#folderOf(job), 'import.ndjson');
    let lines = 0;
    let inLine = false;
    const counting = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        for (const byte of chunk) {
          if (byte === 10) inLine = false;
          else if (!inLine && byte > 32) {
            inLine = true;
            lines++;
          }
        }
        done(null, chunk);
      },
    });
    await pipeline(stream, counting, createWriteStream(path));
    for (const written of [path, dirname(path), this.#folder]) await syncToDisk(written);
    return { path, lines };
  }

  /** Takes over files that lie elsewhere on the same disk; they are moved. */
  async keepFiles(job: string, paths: string[]): Promise<string[]> {
    const folder = await this.#folderOf(job);
    const kept = await Promise.all(
      paths.map(async (path, index) => {
        const place = join(folder, String(index));
        await syncToDisk(path);
        await rename(path, place);
        return place;
      }),
    );
    for (const written of [folder, this.#folder]) await syncToDisk(written);
    return kept;
  }

  /** Where uploads may be written before they are kept. */
  async incoming(): Promise<string> {
    return this.#folderOf('incoming');
  }

  /** A folder for what is needed until it is discarded, or until the process ends. */
  async passing(name: string): Promise<string> {
    return this.#folderOf(name);
  }

  read(path: string): AsyncIterable<Buffer> {
    return createReadStream(path, { highWaterMark: 1 << 18 });
  }

  async discard(job: string): Promise<void> {
    await rm(join(this.#folder, job), { recursive: true, force: true });
  }

  /** Removes what no unfinished job needs: the rest of uploads that broke off. */
  async sweep(keep: string[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const left = (await readdir(this.#folder)).filter((name) => !keep.includes(name));
    await Promise.all(left.map((name) => this.discard(name)));
  }

  /** Never makes the index folder: where that is gone, an upload must not begin another. */
  async #folderOf(job: string): Promise<string> {
    const folder = join(this.#folder, job);
    for (const each of [this.#folder, folder]) {
      await mkdir(each).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new AkinError('INDEX_UNWRITABLE', GONE, { cause: error });
        if (error.code !== 'EEXIST') throw error;
      });
    }
    return folder;
  }
}
