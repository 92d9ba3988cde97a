import { extname } from 'node:path';
import type { Reader } from '../documents/reader.js';
import { AkinError } from '../errors.js';
import type { StoredIndex } from '../storage/stored-index.js';

/** What pages are painted from. */
export interface PagePictureParts {
  storage: StoredIndex;
  reader: Reader;
}

/**
 * A page of the PDF that a document was read from, as a PNG. The file is read where it lay, if it is still the one that
 * was read.
 *
 * @param key of the document
 * @param page counted from 1
 * @throws AkinError NO_PAGE_PICTURE with the reason why there is none
 */
export async function pagePicture(
  key: number,
  page: number,
  { storage, reader }: PagePictureParts,
): Promise<Uint8Array> {
  const file = await storage.files.ofDocument(key);
  if (!file || extname(file.path).toLowerCase() !== '.pdf') {
    throw new AkinError('NO_PAGE_PICTURE', 'The document is no PDF: only PDFs have pages to show.');
  }
  if (!file.place) {
    throw new AkinError(
      'NO_PAGE_PICTURE',
      'The PDF was uploaded, and of uploads the text alone is kept. Bring it in from a folder with akin ingest to see its pages.',
    );
  }
  const { location, size } = file.place;
  return reader.paintPage({ path: location, size, hash: file.hash, page });
}
