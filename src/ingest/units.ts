import type { FileRecord } from '../storage/file-store.js';
import type { Failure } from '../types.js';
import type { IdentifiedDocument } from './document-writer.js';

/** What is to be noted of a file once the documents of its unit, and of those before, are stored. */
export type FileOutcome =
  /** It was read: documents of it that it no longer holds go, unless a part of it could not be read. */
  | { kind: 'read'; record: FileRecord; failures: Failure[]; held: string[] }
  /** It holds what it held, or could not be read at all: its documents stay. */
  | { kind: 'kept'; record: FileRecord; failures: Failure[] }
  /** It is a file that went by another path: its documents go by the new one. */
  | { kind: 'moved'; record: FileRecord; from: string }
  /** It is gone, and its documents go. */
  | { kind: 'gone'; path: string };

/** What one line, one file or one part of an archive gave, in the order of the job's input. */
export interface Unit {
  documents: IdentifiedDocument[];
  failures: Failure[];
  /** Documents that were not read since their file has not changed. */
  unchanged: number;
  file: FileOutcome | null;
  /** Lines or files that are done with this one: 0 for a part of a file after which others come. */
  done: 0 | 1;
  /** The job's position once this is done. */
  position: number;
}

/** A unit of nothing, to be filled in. */
export function emptyUnit(position: number): Unit {
  return { documents: [], failures: [], unchanged: 0, file: null, done: 1, position };
}
