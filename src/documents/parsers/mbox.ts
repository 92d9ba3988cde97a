import { collectParts, type ReadDocuments } from '../containers/parts.js';
import { type EmailContext, parseEmail } from './email.js';

/** The line that begins a message: nobody writes one so, with an address, a weekday or a month, and a year. */
const SEPARATOR = /^From \S*.*\b\d{4}(?: [+-]\d{4})?\r?$/;
const NEWLINE = 0x0a;
const FROM = '\nFrom ';

/**
 * The documents of a mailbox (RFC 4155): those of each message, in its order. A message that can't be read is a
 * failure (`name#3`, counted from 1).
 */
export async function parseMbox(bytes: Uint8Array, context: EmailContext): Promise<ReadDocuments> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = messageStarts(source);
  return collectParts(
    context.budget.firstParts(starts).map((start, index) => ({
      item: `${context.name}#${index + 1}`,
      read: () => {
        context.budget.checkParts(index + 1);
        return parseEmail(messageAt(source, start, starts[index + 1] ?? source.length), context);
      },
    })),
  );
}

function messageStarts(source: Buffer): number[] {
  const starts = [0];
  for (let at = source.indexOf(FROM); at !== -1; at = source.indexOf(FROM, at + 1)) {
    const end = source.indexOf(NEWLINE, at + 1);
    const line = source.toString('latin1', at + 1, end === -1 ? source.length : Math.min(end, at + 400));
    if (isBlankBefore(source, at) && SEPARATOR.test(line)) starts.push(at + 1);
  }
  return starts;
}

/** A separator stands behind a blank line. */
function isBlankBefore(source: Buffer, newline: number): boolean {
  const before = source[newline - 1] === 0x0d ? newline - 2 : newline - 1;
  return source[before] === NEWLINE;
}

/** A message without its separator; `>From ` in it is `From ` again. */
function messageAt(source: Buffer, start: number, end: number): Buffer {
  const first = source.indexOf(NEWLINE, start);
  const message = source.subarray(first === -1 ? end : first + 1, end);
  if (!message.includes('\n>')) return message;
  return Buffer.from(message.toString('latin1').replace(/^>(?=>*From )/gm, ''), 'latin1');
}
