import { AkinError } from '../../errors.js';
import type { Failure, ParsedDocument } from '../../types.js';
import { readDate } from '../dates.js';
import { unknownFields } from '../fields.js';
import { DEFAULT_READ_OPTIONS, type ReadOptions } from '../limits.js';
import { normaliseText, oneLine, oneLineOrNull } from '../normalise.js';
import { readPdfPages } from './pdf-pages.js';
import { joinPages } from './pdf-paragraphs.js';

/** What programs write as a title when nobody gave one. */
const JUNK_TITLE =
  /^(?:untitled.*|unbenannt.*|unknown|no title|title|document\s*\d*|microsoft (?:word|powerpoint|excel) - .*|powerpoint presentation|slide \d+|.*\.(?:docx?|pdf|pptx?|xlsx?|rtf|odt|indd|tex|dvi|qxd|pub|txt)|\W*|[\d\W]+)$/i;

/**
 * One document of a PDF, and the pages of it that can't be read.
 *
 * @throws AkinError ENCRYPTED_FILE, DAMAGED_FILE, or NO_TEXT for a PDF that holds pictures of text.
 */
export async function parsePdf(
  bytes: Uint8Array,
  name: string,
  { limits }: ReadOptions = DEFAULT_READ_OPTIONS,
): Promise<{ document: ParsedDocument; failures: Failure[] }> {
  const { info, pages: printed } = await readPdfPages(bytes, limits.maxPages);
  const failures = printed.flatMap(({ page, error }): Failure[] =>
    error === null
      ? []
      : [
          {
            item: `${name}#page=${page}`,
            code: 'DAMAGED_FILE',
            detail: `The page can't be read (${error}).`,
          },
        ],
  );
  const lines = printed.map((page) => ({
    ...page,
    lines: page.lines
      .map((line) => ({ ...line, text: oneLine(line.text) }))
      .filter(({ text }) => text !== ''),
  }));
  const { text, pages } = joinPages(lines);
  if (text === '' && failures.length > 0) {
    throw new AkinError('DAMAGED_FILE', `No page of the PDF can be read. ${failures[0]?.detail}`);
  }
  if (text === '') {
    throw new AkinError(
      'NO_TEXT',
      'The PDF has no text, it looks scanned: run it through OCR (such as ocrmypdf) first.',
    );
  }
  const document = {
    ...unknownFields(),
    title: titleOf(info),
    author: field(info.Author),
    metadata: datesOf(info),
  };
  return { document: { ...document, text, headings: [], pages }, failures };
}

function titleOf(info: Record<string, unknown>): string | null {
  const title = field(info.Title);
  return title === null || JUNK_TITLE.test(title) ? null : title;
}

function datesOf({ CreationDate }: Record<string, unknown>): Record<string, unknown> {
  const createdAt = typeof CreationDate === 'string' ? readPdfDate(CreationDate) : null;
  return createdAt === null ? {} : { createdAt };
}

/** PDF 32000-1, 7.9.4: `D:20090401163925-07'00'`, from the month on each part may be missing. */
function readPdfDate(value: string): string | null {
  const parts = /^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:([+-]\d\d)'?(\d\d)?|Z.*)?)?/.exec(value);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second = '00', zoneHours, zoneMinutes = '00'] = parts;
  const time = hour ? `T${hour}:${minute}:${second}${zoneHours ? `${zoneHours}:${zoneMinutes}` : 'Z'}` : '';
  return readDate(`${year}-${month}-${day}${time}`);
}

function field(value: unknown): string | null {
  return typeof value === 'string' ? oneLineOrNull(normaliseText(value)) : null;
}
