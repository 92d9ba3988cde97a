import { errorCode, errorMessage } from '../errors.js';
import type { Hit } from '../search/answer.js';
import type { DocumentFields } from '../types.js';
import { passageText } from './passage-text.js';
import { linked, styled, wrap } from './terminal.js';

/** A document's text may hold what a terminal takes for commands, or what turns the order of letters about. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
}

/** The same for a text of several lines. */
export function harmlessLines(text: string): string {
  return text.replace(/[^\n\t\P{Cc}]|\p{Bidi_Control}/gu, ' ');
}

/** What is printed when folders can't be watched any more, and, for null, when they can again. */
export function watchNotice(paths: string, error: unknown): string {
  return error === null
    ? `akin: watching ${paths} again`
    : `akin: ${paths} can't be watched now, and Akin will try again: ${harmless(errorMessage(error))} [${errorCode(error)}]`;
}

/** One hit in a few lines: title, facts, its best passages with the sentence that answers and the matches marked. */
export function hitText(
  { document, score, passages, duplicates }: Hit,
  number: number,
  { most = 1 }: { most?: number } = {},
): string {
  const title = linked(styled(harmless(document.title ?? document.id), 'bold'), webAddress(document.url));
  const lines = wrap(`${title}  ${styled(score.toFixed(2), 'dim')}`);
  const [first = '', ...rest] = lines;
  return [
    `${String(number).padStart(2)}. ${first}`,
    ...rest.map(indent),
    ...dimmed(factsText(document, document.id)),
    ...passages.slice(0, most).flatMap((passage, index) => {
      const place = [passage.page === null ? '' : `page ${passage.page}`, passage.heading ?? ''].filter(
        Boolean,
      );
      return [
        ...(index > 0 ? [''] : []),
        ...(place.length > 0 ? dimmed(place.join(', ')) : []),
        ...wrap(passageText(passage)).map(indent),
      ];
    }),
    ...duplicates.flatMap(({ id, title: other }) => dimmed(`also: ${other ?? id} (${id})`)),
  ].join('\n');
}

/** Id, source, date and language, as far as they are known. */
export function factsText({ source, publishedAt, language }: DocumentFields, id: string): string {
  return harmless([id, source, publishedAt?.slice(0, 10), language].filter(Boolean).join(' · '));
}

/** An address that a browser opens, in a form that steers no terminal; null for any other. */
export function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { href, protocol } = new URL(url);
  return ['http:', 'https:'].includes(protocol) ? href : null;
}

function dimmed(text: string): string[] {
  return wrap(harmless(text)).map((line) => indent(styled(line, 'dim')));
}

function indent(line: string): string {
  return line === '' ? '' : `    ${line}`;
}
