import { wordsOf } from '../documents/words.js';

/** A query in its parts. */
export interface ParsedQuery {
  /** What is asked, without signs: for the model and for words. */
  text: string;
  /** What stood in quotes: a document must have each of these, word for word. */
  phrases: string[];
  /** What stood behind a minus: a document must have none of these. */
  excluded: string[];
  /** The word that it ends with, folded, if nothing follows it: more of it may be to come. Null elsewhere. */
  unfinished: string | null;
}

const QUOTED = /(?<minus>(?<=^|\s)-)?(?:"(?<straight>[^"]*)"|“(?<curly>[^”]*)”)/gu;
const EXCLUDED_WORD = /(?<=^|\s)-(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*)/gu;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Reads the signs that people write in searches: `"word for word"`, `-without`, `-"without this"`. A sign that stands
 * for nothing (a quotation mark without its other, a minus within a word) is a part of the text.
 */
export function parseQuery(query: string): ParsedQuery {
  const phrases: string[] = [];
  const excluded: string[] = [];
  const withoutQuotes = query.replace(QUOTED, (_, ...rest) => {
    const { minus, straight, curly } = rest.at(-1) as Record<string, string | undefined>;
    const phrase = (straight ?? curly ?? '').trim();
    if (!HAS_WORD.test(phrase)) return ' ';
    if (minus === undefined) phrases.push(phrase);
    else excluded.push(phrase);
    return minus === undefined ? ` ${phrase} ` : ' ';
  });
  const text = withoutQuotes.replace(EXCLUDED_WORD, (_, word: string) => {
    excluded.push(word);
    return ' ';
  });
  const last = wordsOf(text).at(-1);
  const unfinished = last?.end === text.length ? last.folded : null;
  return { text: text.replace(/\s+/g, ' ').trim(), phrases, excluded, unfinished };
}
