/** An index's entry has room for so many UTF-16 units of a term, whatever they are. */
const LONGEST_TERM = 500;

/** A term as it is kept: of one that is longer, which is no word but a run of characters, the beginning. */
export function storableTerm(term: string): string {
  if (term.length <= LONGEST_TERM) return term;
  const cut = term.slice(0, LONGEST_TERM);
  // Half of a character is none.
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
