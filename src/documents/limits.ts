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
