import type { FileType } from '../sniff.js';
import { unsupported } from '../sniff-binary.js';
import type { ZipArchive } from './zip.js';

const ODF_TEXT = /^application\/vnd\.oasis\.opendocument\.text/;
const ODF = /^application\/vnd\.oasis\.opendocument\./;

/**
 * What a ZIP archive is: a document of its own, or an archive of files.
 *
 * @throws AkinError UNSUPPORTED_TYPE for a workbook, slides and their like.
 */
export async function archiveKind(archive: ZipArchive, name: string): Promise<FileType> {
  const mimetype = archive.has('mimetype') ? String(await archive.read('mimetype')).trim() : '';
  if (mimetype === 'application/epub+zip' || archive.has('META-INF/container.xml')) return 'epub';
  if (ODF_TEXT.test(mimetype)) return 'odt';
  if (ODF.test(mimetype))
    throw unsupported(name, 'an OpenDocument file that is no text', 'save it as PDF or CSV');
  if (!archive.has('[Content_Types].xml')) return isOdf(archive) ? 'odt' : 'zip';
  if (archive.has('xl/workbook.xml')) throw unsupported(name, 'an Excel workbook', 'save it as CSV');
  if (archive.has('ppt/presentation.xml')) throw unsupported(name, 'a PowerPoint file', 'save it as PDF');
  return 'docx';
}

function isOdf(archive: ZipArchive): boolean {
  return archive.has('content.xml') && archive.has('META-INF/manifest.xml');
}
