import { eld } from 'eld/small';
import type { ParsedDocument } from '../types.js';
import { safeMetadata } from './fields.js';

/** So much of a text tells its language. In UTF-16 units. */
const SAMPLE_LENGTH = 4_000;
/** Fewer letters than this may be a name or a number in any language. */
const LEAST_LETTERS = 20;
/** So many letters outweigh what a page's template says. */
const OUTWEIGHING_LETTERS = 400;

/**
 * What is left of letters that were written in UTF-8 and read as Windows-1252 (`Ã©`, `â€™`, `Ð´Ð°`), and
 * characters that could not be read at all.
 */
const MOJIBAKE =
  /\uFFFD+|[ÃÂ][\u0080-\u00BFŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â(?:€[\u0080-\u00BFœžŸ˜™¦“”¢]|\u0080[\u0080-\u00BF])|(?:[ÐÑ][\u0080-\u00BFŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]){2,}/g;

export interface ExamineOptions {
  /**
   * Who says what language a document is in: an author, who is believed, or a site's template, which is the same
   * for texts in any language. Default: `author`
   */
  declaredBy?: 'author' | 'template';
}

/**
 * Looks at a document's text itself: its language where nobody says it, and in `metadata.mojibake` how many
 * places are garbled, which stay as they are.
 */
export function examineText(
  document: ParsedDocument,
  { declaredBy = 'author' }: ExamineOptions = {},
): ParsedDocument {
  const garbled = document.text.match(MOJIBAKE)?.length ?? 0;
  const metadata =
    garbled === 0
      ? document.metadata
      : safeMetadata([...Object.entries(document.metadata), ['mojibake', garbled]]);
  return { ...document, language: languageOf(document, declaredBy), metadata };
}

function languageOf(
  { title, text, language }: ParsedDocument,
  declaredBy: 'author' | 'template',
): string | null {
  if (language !== null && declaredBy === 'author') return language;
  const sample = `${title ?? ''}\n${text.slice(0, SAMPLE_LENGTH)}`;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < (language === null ? LEAST_LETTERS : OUTWEIGHING_LETTERS)) return language;
  const detected = eld.detect(sample);
  if (!detected.language || !detected.isReliable()) return language;
  return language !== null && baseOf(language) === detected.language ? language : detected.language;
}

/** `pt` of `pt-BR`. */
function baseOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? tag;
}
