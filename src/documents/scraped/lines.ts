import { oneLine } from '../normalise.js';
import { type Byline, readByline } from './bylines.js';
import { type FurnitureKind, furnitureKind, pointedTitle } from './phrases.js';

/** A line of a page that is not blank, and what it looks like by itself. */
export interface Line {
  text: string;
  /** The text in a form in which two ways to print one headline are equal. */
  key: string;
  kind: FurnitureKind | 'byline' | 'pointer' | 'sentence' | 'short';
  byline: Byline | null;
  isAfterBlank: boolean;
}

const HEADLINE = { minLength: 12, maxLength: 260, minWords: 3 };
const SENTENCE_LENGTH = 60;
const LONG_LENGTH = 180;
/** A sentence that ends at the end of a line, or before a credit such as `– Reuters`. */
const HAS_SENTENCE = /[\p{Ll}\p{N}\p{Lo})%][.!?。！？…]["'”’»)\]]*(?:\s|$)/u;
const SENTENCE_END = /[.!?。！？…]["'”’»)\]]*$/u;

/** The lines of a page, without the blank ones. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let isAfterBlank = true;
  for (const raw of text.split('\n')) {
    const line = oneLine(raw);
    if (line !== '') lines.push({ ...classify(line), isAfterBlank });
    isAfterBlank = line === '';
  }
  return lines;
}

/** True for a line that can be a headline. */
export function isHeadline({ text, kind }: Line): boolean {
  if (kind !== 'short' && kind !== 'sentence') return false;
  const isWordless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{6}/u.test(text);
  const isLong = text.length >= HEADLINE.minLength && text.split(' ').length >= HEADLINE.minWords;
  return (
    (isLong || isWordless) && text.length <= HEADLINE.maxLength && !/[,;:]$/.test(text) && /\p{L}/u.test(text)
  );
}

/** True for a line that ends as a sentence does. */
export function endsSentence({ text }: Line): boolean {
  return SENTENCE_END.test(text);
}

/** True for a text that was cut off by the page that shows it. */
export function isCutOff(text: string): boolean {
  return /(?:\.{3}|…)["'”’)\]]*$/u.test(text);
}

function classify(text: string): Omit<Line, 'isAfterBlank'> {
  const key = headlineKey(text);
  const furniture = furnitureKind(text);
  if (furniture) return { text, key, kind: furniture, byline: null };
  const byline = readByline(text);
  if (byline) return { text, key, kind: 'byline', byline };
  if (pointedTitle(text)) return { text, key, kind: 'pointer', byline: null };
  const isSentence =
    text.length >= LONG_LENGTH || (text.length >= SENTENCE_LENGTH && HAS_SENTENCE.test(text));
  return { text, key, kind: isSentence ? 'sentence' : 'short', byline: null };
}

function headlineKey(text: string): string {
  return text
    .replace(/\s+(?:\||[-–—])\s+\p{Lu}[^|–—]{1,40}$/u, (suffix) =>
      text.length - suffix.length >= 20 ? '' : suffix,
    )
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
