import { AkinError } from '../../errors.js';
import type { ParsedDocument } from '../../types.js';
import type { ZipArchive } from '../containers/zip.js';
import { normaliseText } from '../normalise.js';
import { parseDom } from './dom.js';
import { blockParagraphs } from './html-blocks.js';
import { htmlOfOdf } from './odf-html.js';
import { readOfficeFields, splitTitle } from './office-fields.js';
import { textOfBlocks } from './whole-html.js';
import { elementsNamed, parseXml } from './xml-dom.js';

/**
 * One document of an OpenDocument text: its text with headings, lists, tables, text boxes and notes. Headers,
 * footers, comments, deleted text, tables of contents and pictures are left out.
 *
 * @throws AkinError ENCRYPTED_FILE, DAMAGED_FILE, ARCHIVE_TOO_LARGE
 */
export async function parseOdt(archive: ZipArchive): Promise<ParsedDocument> {
  const manifest = await readXml(archive, 'META-INF/manifest.xml');
  if (manifest && elementsNamed(manifest, 'encryption-data').length > 0) {
    throw new AkinError('ENCRYPTED_FILE', 'The document is encrypted: save it without a password first.');
  }
  const content = parseXml(String(await archive.read('content.xml')));
  const styles = await readXml(archive, 'styles.xml');
  const { body } = parseDom(`<html><body>${normaliseText(htmlOfOdf(content, styles))}</body></html>`);
  const fields = readOfficeFields(await readXml(archive, 'meta.xml'));
  const { title, blocks } = splitTitle(fields.title, blockParagraphs(body));
  return { ...fields, title, ...textOfBlocks(blocks), pages: [] };
}

async function readXml(archive: ZipArchive, path: string) {
  return archive.has(path) ? parseXml(String(await archive.read(path))) : null;
}
