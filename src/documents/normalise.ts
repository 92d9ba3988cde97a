/**
 * Soft hyphens, zero-width spaces and word joiners: they say where a line may break, and part words for a search.
 * Joiners that shape letters (ZWJ, ZWNJ) are no part of these.
 */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;

/**
 * Text in the one form that everything after the parsers relies on: newlines are `\n`, letters are composed
 * (NFC), nothing is in it that only says where a line may break, and there is no control character but tab, newline
 * and form feed. No word is lost.
 */
export function normaliseText(text: string): string {
  return (
    text
      .replace(INVISIBLE, '')
      .replace(/\r\n?|[\u0085\u2028\u2029\v]/g, '\n')
      // SQLite, JSON and the tokenizer each treat NUL and its like in their own way: none of them gets to see one.
      .replace(/(?![\t\n\f])\p{Cc}/gu, ' ')
      .replace(/\p{Cs}/gu, '\uFFFD')
      .normalize('NFC')
  );
}

/** The text on one line: every run of white space becomes one space. */
export function oneLine(text: string): string {
  return normaliseText(text).replace(/\s+/g, ' ').trim();
}

/** The text on one line, or null where nothing is left of it. */
export function oneLineOrNull(text: string | null | undefined): string | null {
  return text ? oneLine(text) || null : null;
}

/** The letters and digits of a text, in lower case: what two ways to print one title have in common. */
export function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
