import { keyOf, type SoughtTerm } from '../storage/match-terms.js';
import type { Parameters } from './parameters.js';
import { phraseQuery } from './phrase-terms.js';
import type { PostgresTerms } from './stored-terms.js';

/**
 * A condition on documents that have each of some phrases, their words in that order and in whatever form, and none
 * of some others. Words that stand in no text, such as signs, ask for nothing.
 */
export async function phraseCondition(
  { phrases, excluded }: { phrases: string[]; excluded: string[] },
  terms: PostgresTerms,
  parameters: Parameters,
): Promise<string[]> {
  const [wanted, unwanted] = await Promise.all(
    [phrases, excluded].map((list) => Promise.all(list.map((phrase) => terms.wordingsOf(phrase)))),
  );
  const having = (wordings: SoughtTerm[]): string => `documents.key IN
    (SELECT document FROM document_terms WHERE ${wordings.map((one) => matching(one, parameters)).join(' OR ')})`;
  const lacked = (unwanted ?? []).flat();
  return [
    ...(wanted ?? []).filter(({ length }) => length > 0).map(having),
    ...(lacked.length > 0 ? [`NOT ${having(eachOnce(lacked))}`] : []),
  ];
}

function matching(sought: SoughtTerm, parameters: Parameters): string {
  const query = parameters.add(phraseQuery(sought));
  return `(terms @@ ${query}::tsquery AND stemming = ${parameters.add(sought.stemming)})`;
}

function eachOnce(terms: SoughtTerm[]): SoughtTerm[] {
  return [...new Map(terms.map((term) => [keyOf(term), term])).values()];
}
