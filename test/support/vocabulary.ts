import { stemmingOf } from '../../src/documents/stem.js';
import { termOf } from '../../src/documents/terms.js';
import { queryWords } from '../../src/search/query-words.js';
import type { SoughtWord } from '../../src/search/sought-words.js';

/** The words of a query as they are sought in documents of one language, where each word is as it is written. */
export function soughtIn(language: string | null, query: string): SoughtWord[] {
  return queryWords(query).map(({ folded, written }) => ({
    folded,
    terms: [{ term: termOf(written, language), stemming: stemmingOf(language) }],
  }));
}
