import { AkinError } from '../../errors.js';
import type { DocumentFields, ParsedDocument } from '../../types.js';
import { collectParts, type ReadDocuments } from '../containers/parts.js';
import type { ZipArchive } from '../containers/zip.js';
import { readDate } from '../dates.js';
import { decodeMarkup } from '../decode.js';
import { readLanguageTag, readTags, unknownFields } from '../fields.js';
import type { Paragraph } from '../text-builder.js';
import type { DomElement } from './dom.js';
import { type EpubPackage, encryptedPaths, readPackage } from './epub-package.js';
import { htmlOfXhtml, textOfBlocks, wholeBlocks } from './whole-html.js';
import { textNamed, textsNamed } from './xml-dom.js';

/**
 * One document of an e-book: its chapters in the order of reading, each with a heading. Cover, table of contents
 * and pictures are left out; a chapter that can't be read is a failure.
 *
 * @throws AkinError ENCRYPTED_FILE for a book that is protected from reading, DAMAGED_FILE, ARCHIVE_TOO_LARGE
 */
export async function parseEpub(archive: ZipArchive, name: string): Promise<ReadDocuments> {
  const book = await readPackage(archive);
  const encrypted = await encryptedPaths(archive);
  if (book.chapters.length > 0 && book.chapters.every((path) => encrypted.has(path))) {
    throw new AkinError(
      'ENCRYPTED_FILE',
      'The book is protected against copying: get it without that protection.',
    );
  }
  const blocks: Paragraph[] = [];
  const { failures } = await collectParts(
    book.chapters.map((path) => ({
      item: `${name}/${path}`,
      read: async () => {
        for (const block of await readChapter(archive, book, path)) blocks.push(block);
        return { documents: [], failures: [] };
      },
    })),
  );
  const document: ParsedDocument = { ...fieldsOf(book.metadata), ...textOfBlocks(blocks), pages: [] };
  return { documents: [document], failures };
}

async function readChapter(archive: ZipArchive, book: EpubPackage, path: string): Promise<Paragraph[]> {
  const source = decodeMarkup(await archive.read(path));
  const blocks = wholeBlocks(htmlOfXhtml(source));
  const label = book.labels.get(path);
  const needsHeading = label !== undefined && blocks.length > 0 && !blocks[0]?.isHeading;
  return needsHeading ? [{ text: label, isHeading: true }, ...blocks] : blocks;
}

function fieldsOf(metadata: DomElement): DocumentFields {
  const description = textNamed(metadata, 'description');
  const date = textNamed(metadata, 'date');
  return {
    ...unknownFields(),
    title: textNamed(metadata, 'title'),
    author: textsNamed(metadata, 'creator').join(', ') || null,
    source: textNamed(metadata, 'publisher'),
    publishedAt: date === null ? null : readDate(date),
    language: readLanguageTag(textNamed(metadata, 'language')),
    tags: readTags(textsNamed(metadata, 'subject')),
    metadata: description === null ? {} : { description },
  };
}
