/**
 * What JSON writes for U+0000 and for halves of a character, which are no text for PostgreSQL. A backslash before them that
 * is itself escaped does not count.
 */
const UNSTORABLE = /(?<=(?<!\\)(?:\\\\)*\\u)(?:0000|d[89a-f][\da-f]{2})/gi;

/** A value as JSON that PostgreSQL can read text from: what is no text is U+FFFD. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSTORABLE, 'fffd');
}
