/** How much of one file is read at most; what a hostile or a broken file could ask for has no end. */
export interface ReadLimits {
  /** Of all text of one file, in UTF-16 units. */
  maxTextCharacters: number;
  /** Pages of one PDF. */
  maxPages: number;
  /** Files in one archive, attachments of one message, messages of one mailbox. */
  maxArchiveEntries: number;
  /** Bytes of all that one file expands to. */
  maxArchiveBytes: number;
  /** How many archives, compressed files and messages may stand in one another. */
  maxArchiveDepth: number;
}

export const DEFAULT_LIMITS: Readonly<ReadLimits> = Object.freeze({
  maxTextCharacters: 50_000_000,
  maxPages: 10_000,
  maxArchiveEntries: 20_000,
  maxArchiveBytes: 1_000_000_000,
  maxArchiveDepth: 4,
});

/** The limits alone, of an object that has them among other things. */
export function readLimits(from: ReadLimits): ReadLimits {
  const { maxTextCharacters, maxPages, maxArchiveEntries, maxArchiveBytes, maxArchiveDepth } = from;
  return { maxTextCharacters, maxPages, maxArchiveEntries, maxArchiveBytes, maxArchiveDepth };
}

/** How files are read. */
export interface ReadOptions {
  limits: Readonly<ReadLimits>;
  /** Read scanned PDFs by their letters' shapes. */
  ocr: boolean;
  /** Which column of a table gives which field of a document, by the column's header: `{ body: 'text' }`. */
  columns: Readonly<Record<string, string>>;
}

export const DEFAULT_READ_OPTIONS: Readonly<ReadOptions> = Object.freeze({
  limits: DEFAULT_LIMITS,
  ocr: false,
  columns: Object.freeze({}),
});

/** Goes up when files are read in another way than before: what was read before is then read again. */
const READER_VERSION = 3;

/** Names the reader and its settings: a file that has not changed gives the same documents under the same name. */
export function readingFingerprint({ limits, ocr, columns }: ReadOptions): string {
  return JSON.stringify([READER_VERSION, limits, ocr, columns]);
}
