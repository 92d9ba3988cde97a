import { AkinError } from '../../errors.js';
import type { Failure, ParsedDocument } from '../../types.js';

/** The documents of a file or of a part of one, and what of it could not be taken. */
export interface ReadDocuments {
  documents: ParsedDocument[];
  failures: Failure[];
}

/** Reads one part by its path in the container; its documents carry that as `part`. */
export type ReadPart = (bytes: Uint8Array, path: string) => Promise<ReadDocuments>;

/** Puts together what parts give; one that throws an AkinError is a failure. */
export async function collectParts(
  parts: Iterable<{ item: string; read: () => Promise<ReadDocuments> | ReadDocuments }>,
): Promise<ReadDocuments> {
  const documents: ParsedDocument[] = [];
  const failures: Failure[] = [];
  for (const { item, read } of parts) {
    try {
      const part = await read();
      for (const document of part.documents) documents.push(document);
      for (const failure of part.failures) failures.push(failure);
    } catch (error) {
      if (!(error instanceof AkinError)) throw error;
      failures.push({ item, code: error.code, detail: error.message });
    }
  }
  return { documents, failures };
}
