import mammoth from 'mammoth';
import { AkinError, errorMessage } from '../../errors.js';
import type { ParsedDocument } from '../../types.js';
import type { ZipArchive } from '../containers/zip.js';
import { normaliseText } from '../normalise.js';
import { withAllWords } from './docx-xml.js';
import { parseDom } from './dom.js';
import { blockParagraphs } from './html-blocks.js';
import { readOfficeFields, splitTitle } from './office-fields.js';
import { textOfBlocks } from './whole-html.js';
import { parseXml } from './xml-dom.js';
import { withoutDoctype } from './xml-source.js';

const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
/** What leads from a note back to its number. */
const BACK_LINKS = 'a[href^="#footnote-ref-"], a[href^="#endnote-ref-"]';

/**
 * One document of a Word file: its text with headings, lists, tables, text boxes and notes. Headers, footers,
 * comments and pictures are left out.
 *
 * @throws AkinError DAMAGED_FILE, ARCHIVE_TOO_LARGE
 */
export async function parseDocx(archive: ZipArchive): Promise<ParsedDocument> {
  const properties = archive.has('docProps/core.xml')
    ? parseXml(String(await archive.read('docProps/core.xml')))
    : null;
  const { body } = parseDom(`<html><body>${await readHtml(archive)}</body></html>`);
  for (const link of body.querySelectorAll(BACK_LINKS)) link.remove();
  const fields = readOfficeFields(properties);
  const { title, blocks } = splitTitle(fields.title, blockParagraphs(body));
  return { ...fields, title, ...textOfBlocks(blocks), pages: [] };
}

async function readHtml(archive: ZipArchive): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(inputOf(archive), {
      styleMap: STYLES,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    });
    return normaliseText(value);
  } catch (error) {
    if (error instanceof AkinError) throw error;
    const message = `The Word file is damaged or incomplete (${errorMessage(error)}): open it in Word and save it anew.`;
    throw new AkinError('DAMAGED_FILE', message, { cause: error });
  }
}

/**
 * mammoth takes an opened archive as `file`, though its types don't say so: what it asks for is read here, within
 * the limits, and only that.
 */
function inputOf(archive: ZipArchive): Parameters<typeof mammoth.convertToHtml>[0] {
  const read = async (path: string, encoding?: string): Promise<string | Buffer> => {
    const bytes = await archive.read(path);
    return encoding === undefined
      ? bytes
      : withAllWords(withoutDoctype(bytes.toString(encoding as BufferEncoding)));
  };
  const file: unknown = { file: { exists: (path: string) => archive.has(path), read } };
  return file as Parameters<typeof mammoth.convertToHtml>[0];
}
