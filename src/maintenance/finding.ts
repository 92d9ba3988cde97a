/** Something that is wrong with an index folder. */
export interface Finding {
  /** What was checked; it stays the same, for scripts. */
  check: string;
  /** What is wrong, and how often, in words. */
  detail: string;
  /** How many rows, documents or files it concerns. */
  count: number;
  /** Some of them: ids of documents, numbers of passages, names of files. */
  examples: string[];
  /** What `--repair` does about it; null where nothing in the folder can mend it. */
  repair: string | null;
  /** What is left to the person who asks; null where nothing is. */
  advice: string | null;
}

const MOST_EXAMPLES = 3;

/** A finding about some things; none where there are none. */
export function findingOf(
  check: string,
  concerned: readonly (string | number)[],
  { detail, repair = null, advice = null }: Pick<Finding, 'detail'> & Partial<Finding>,
): Finding[] {
  if (concerned.length === 0) return [];
  const examples = concerned.slice(0, MOST_EXAMPLES).map(String);
  return [{ check, detail, count: concerned.length, examples, repair, advice }];
}
