import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { AkinError, errorMessage } from '../../errors.js';
import type { Failure } from '../../types.js';
import type { ReadBudget } from './budget.js';
import { decodeEntryName, safeEntryPath, shownPath } from './entry-path.js';
import { overlappingEntries } from './zip-overlaps.js';

// Names and sizes are checked here: one that yauzl refuses would end the reading of all.
const OPTIONS = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: false,
  validateEntrySizes: false,
} as const;

const UNIX = 3;
const MACOS = 19;
const FILE_KIND = 0xf000;
const SYMBOLIC_LINK = 0xa000;

/** The files of a ZIP archive. They are expanded one at a time, each at the expense of the budget. */
export class ZipArchive {
  /** Entries that are refused; their `item` is the path. */
  readonly failures: Failure[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #zip: ZipFile;
  readonly #budget: ReadBudget;

  private constructor(zip: ZipFile, budget: ReadBudget) {
    this.#zip = zip;
    this.#budget = budget;
  }

  /** @throws AkinError DAMAGED_FILE */
  static async ofBytes(bytes: Uint8Array, budget: ReadBudget): Promise<ZipArchive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return ZipArchive.#open(() => fromBufferPromise(buffer, OPTIONS), budget);
  }

  /** Reads only what is asked for. @throws AkinError DAMAGED_FILE */
  static async ofFile(path: string, budget: ReadBudget): Promise<ZipArchive> {
    return ZipArchive.#open(() => openPromise(path, OPTIONS), budget);
  }

  static async #open(open: () => Promise<ZipFile>, budget: ReadBudget): Promise<ZipArchive> {
    const zip = await open().catch((error: unknown) => {
      throw damaged(error);
    });
    const archive = new ZipArchive(zip, budget);
    try {
      await archive.#list();
      return archive;
    } catch (error) {
      archive.close();
      throw damaged(error);
    }
  }

  /** The paths of the files, in the archive's order; no folders, no symbolic links. */
  get paths(): string[] {
    return [...this.#entries.keys()];
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /**
   * The bytes of a file.
   * @param inspect is shown the first bytes; what it throws spares the reading of the rest
   * @throws AkinError ENCRYPTED_FILE, ARCHIVE_TOO_LARGE, or DAMAGED_FILE also where there is no such file
   */
  async read(path: string, inspect?: (head: Uint8Array) => void): Promise<Buffer> {
    const entry = this.#entries.get(path);
    if (!entry) throw new AkinError('DAMAGED_FILE', `The archive has no ${path}: get the file anew.`);
    if (entry.isEncrypted()) {
      throw new AkinError('ENCRYPTED_FILE', 'It is encrypted: unpack the archive with its password first.');
    }
    if (entry.uncompressedSize > this.#budget.largestPart) throw this.#budget.tooManyBytes();
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        if (chunks.length === 0) inspect?.(chunk);
        this.#budget.takeBytes(chunk.length);
        chunks.push(chunk);
      }
    } catch (error) {
      throw damaged(error);
    }
    const bytes = Buffer.concat(chunks);
    if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32)
      throw damaged(new Error('size or checksum is wrong'));
    return bytes;
  }

  close(): void {
    this.#zip.close();
  }

  async #list(): Promise<void> {
    const found: { entry: Entry; path: string }[] = [];
    for await (const entry of this.#zip.eachEntry()) {
      const name = decodeEntryName(entry.fileNameRaw, entry.generalPurposeBitFlag);
      if (/[/\\]$/.test(name) || isSymbolicLink(entry)) continue;
      try {
        this.#budget.checkParts(found.length + this.failures.length + 1);
        found.push({ entry, path: safeEntryPath(name) });
      } catch (error) {
        if (!(error instanceof AkinError)) throw error;
        this.failures.push({ item: shownPath(name), code: error.code, detail: error.message });
        if (error.code === 'ARCHIVE_TOO_LARGE') break;
      }
    }
    const overlapping = overlappingEntries(found.map(({ entry }) => entry));
    for (const { entry, path } of found) {
      if (overlapping.has(entry)) this.#refuse(path, 'Its data is that of another entry too');
      else if (this.#entries.has(path)) this.#refuse(path, 'Another entry has the same path, and is read');
      else this.#entries.set(path, entry);
    }
  }

  #refuse(path: string, reason: string): void {
    this.failures.push({
      item: path,
      code: 'DAMAGED_FILE',
      detail: `${reason}: the archive should be made anew.`,
    });
  }
}

function isSymbolicLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const isFromUnix = [UNIX, MACOS].includes(versionMadeBy >> 8);
  return isFromUnix && ((externalFileAttributes >>> 16) & FILE_KIND) === SYMBOLIC_LINK;
}

function damaged(error: unknown): AkinError {
  if (error instanceof AkinError) return error;
  return new AkinError(
    'DAMAGED_FILE',
    `The file is damaged or incomplete (${errorMessage(error)}): get it anew.`,
    { cause: error },
  );
}
