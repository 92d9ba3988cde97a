import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { AkinError, type ErrorCode, errorMessage } from '../../errors.js';
import type { ParsedDocument } from '../../types.js';
import type { ReadBudget } from '../containers/budget.js';
import { collectParts, type ReadDocuments, type ReadPart } from '../containers/parts.js';
import { readDate } from '../dates.js';
import { unknownFields } from '../fields.js';
import { normaliseText, oneLineOrNull } from '../normalise.js';
import { reflow } from '../reflow.js';
import { textOfBlocks, wholeBlocks } from './whole-html.js';

/** What hangs on most messages and has nothing to search in: signatures' pictures, calendars, empty files. */
const NOT_MISSED: ErrorCode[] = ['UNSUPPORTED_TYPE', 'EMPTY_FILE', 'NO_TEXT'];

export interface EmailContext {
  name: string;
  budget: ReadBudget;
  readPart: ReadPart;
}

/**
 * The documents of a message: what it says (its plain text, or else its HTML), and each attachment that can be
 * read, whose `part` is its file name.
 *
 * @throws AkinError DAMAGED_FILE
 */
export async function parseEmail(bytes: Uint8Array, context: EmailContext): Promise<ReadDocuments> {
  const email = await readEmail(bytes);
  const message = documentOf(email);
  const { documents, failures } = await collectParts(
    context.budget.firstParts(email.attachments).map((attachment, index) => {
      const part = partName(attachment, index);
      return {
        item: `${context.name}/${part}`,
        read: () => readAttachment(attachment, part, index, context),
      };
    }),
  );
  const attached = documents.map((document) => ({
    ...document,
    publishedAt: document.publishedAt ?? message.publishedAt,
    metadata: { ...document.metadata, attachedTo: message.title },
  }));
  return { documents: [message, ...attached], failures };
}

async function readEmail(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
  } catch (error) {
    const message = `The message can't be read (${errorMessage(error)}): save it anew from the mail program.`;
    throw new AkinError('DAMAGED_FILE', message, { cause: error });
  }
}

function documentOf(email: Email): ParsedDocument {
  const to = [...(email.to ?? []), ...(email.cc ?? [])].map(nameOf).filter((name) => name !== null);
  const attachments = email.attachments.flatMap(({ filename }) => oneLineOrNull(filename) ?? []);
  return {
    ...unknownFields(),
    title: oneLineOrNull(email.subject),
    author: email.from ? nameOf(email.from) : null,
    publishedAt: email.date ? readDate(email.date) : null,
    metadata: { ...(to.length > 0 ? { to } : {}), ...(attachments.length > 0 ? { attachments } : {}) },
    ...textOf(email),
    pages: [],
  };
}

function textOf({ text, html }: Email): Pick<ParsedDocument, 'text' | 'headings'> {
  if (text?.trim()) return { text: messageParagraphs(normaliseText(text)).join('\n\n'), headings: [] };
  return textOfBlocks(wholeBlocks(html ?? ''));
}

/** Paragraphs of a message's plain text; those it quotes keep their `>` before each line. */
function messageParagraphs(text: string): string[] {
  const runs: { quote: string; lines: string[] }[] = [];
  for (const line of text.replaceAll('\f', '\n').split('\n')) {
    const quote = (/^(?:> ?)+/.exec(line)?.[0] ?? '').replaceAll(' ', '');
    const content = quote === '' ? line : line.replace(/^(?:> ?)+/, '');
    const last = runs.at(-1);
    if (last?.quote === quote) last.lines.push(content);
    else runs.push({ quote, lines: [content] });
  }
  return runs.flatMap(({ quote, lines }) => {
    const paragraphs = reflow(lines.join('\n'));
    return quote === '' ? paragraphs : paragraphs.map((each) => each.replace(/^/gm, `${quote} `));
  });
}

async function readAttachment(
  { content }: Attachment,
  part: string,
  index: number,
  { budget, readPart }: EmailContext,
): Promise<ReadDocuments> {
  budget.checkParts(index + 1);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  budget.takeBytes(bytes.length);
  try {
    return await readPart(bytes, part);
  } catch (error) {
    if (error instanceof AkinError && NOT_MISSED.includes(error.code)) return { documents: [], failures: [] };
    throw error;
  }
}

/** The file name alone, whatever path the sender put before it. */
function partName({ filename, mimeType }: Attachment, index: number): string {
  const name = oneLineOrNull(filename)?.split(/[/\\]/).at(-1);
  if (name && !/^\.+$/.test(name)) return name;
  return `attachment-${index + 1}${mimeType === 'message/rfc822' ? '.eml' : ''}`;
}

function nameOf(address: Address): string | null {
  return oneLineOrNull(address.name) ?? oneLineOrNull(address.address);
}
