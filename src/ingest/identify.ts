import type { PreparedDocument } from '../documents/prepare.js';
import type { ReadFile } from '../documents/reader.js';
import type { Failure } from '../types.js';
import type { IdentifiedDocument } from './document-writer.js';

/**
 * The id of a document that came as JSON: its own, or one made from what it says, so that the same document
 * sent twice is there once.
 */
export function identifyInput(document: PreparedDocument): IdentifiedDocument {
  return { ...document, id: document.id ?? document.hash.slice(0, 20), file: null };
}

/**
 * The ids of a file's documents: their own where they have one, else the file's path with that in the file behind it
 * (`papers.zip/2025/report.pdf`), and `#2` and so on for those of the same place after the first. A document whose id another file's document has is a failure.
 *
 * @param ownerOf the file that the stored document of an id is from
 */
export function identifyFile(
  path: string,
  { documents, failures }: ReadFile,
  ownerOf: (id: string) => string | null,
): { documents: IdentifiedDocument[]; failures: Failure[] } {
  const times = new Map<string, number>();
  const identified = documents.map(({ part, ...document }): IdentifiedDocument => {
    const place = part === undefined ? path : `${path}/${part}`;
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    return { ...document, id: document.id ?? (time === 1 ? place : `${place}#${time}`), file: path };
  });
  const owned = (id: string): boolean => ![null, path].includes(ownerOf(id));
  const conflicts = identified
    .filter(({ id }) => owned(id))
    .map(({ id }) => ({
      item: path,
      code: 'ID_CONFLICT',
      detail: `The id "${id}" belongs to a document of ${ownerOf(id)}. Give it another, or ingest one of the files with --id-prefix.`,
    }));
  return { documents: identified.filter(({ id }) => !owned(id)), failures: [...failures, ...conflicts] };
}
