import { stemmingOf } from '../src/documents/stem.js';
import { termOf } from '../src/documents/terms.js';
import { queryWords } from '../src/search/query-words.js';
import { type SoughtWord, soughtWords, type Vocabulary } from '../src/search/sought-words.js';

/** What an index of documents in some languages knows of words, where each word is in it as it is written. */
export function vocabularyIn(...languages: (string | null)[]): Vocabulary {
  return {
    termsOf: (word) =>
      languages.map((language) => ({ term: termOf(word, language), stemming: stemmingOf(language) })),
    hasAny: () => true,
    wordsFrom: () => [],
  };
}

/** The words of a query as they are sought in documents of one language. */
export function soughtIn(language: string | null, query: string): SoughtWord[] {
  return soughtWords(queryWords(query), vocabularyIn(language), { unfinished: null, prefix: undefined });
}
