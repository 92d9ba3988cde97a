import { resolve } from 'node:path';
import type { IngestOptions } from '../akin.js';
import type { FoundFile } from './walk.js';

export interface ImportInput {
  path: string;
}

export interface FilesInput {
  files: FoundFile[];
}

/** What a sync brings in, and how. */
export interface SyncInput extends Required<IngestOptions> {
  /** Files and folders of this machine; null stands for the files of which something could not be taken. */
  paths: string[] | null;
}

/** A sync with its defaults filled in. */
export function syncInput(
  paths: string[] | null,
  {
    idPrefix = '',
    prune = false,
    settleMs = 0,
    followLinks,
    ocr,
    columns = {},
  }: IngestOptions & Required<Pick<IngestOptions, 'followLinks' | 'ocr'>>,
): SyncInput {
  // Another process may do it, which need not be in the same folder.
  const absolute = paths?.map((path) => resolve(path)) ?? null;
  return { paths: absolute, idPrefix, prune, settleMs, followLinks, ocr, columns };
}
