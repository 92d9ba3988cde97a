/** A document as it was ranked. */
interface Ranked {
  document: number;
  score: number;
}

/** One document with those that are versions of it, the newest first. */
export interface VersionGroup {
  document: number;
  /** The best of the group's. */
  score: number;
  duplicates: number[];
}

/** A newer version stands for its group though an older one answers better, if its score is at least this part of it. */
const NEWEST_SHARE = 0.5;

/**
 * Folds a ranking, best first: versions of one story become one group, in the place of the best of them. The newest
 * stands for the group unless it answers clearly worse.
 *
 * @param versionsOf a document and its versions, the newest first
 */
export function foldVersions(ranking: Ranked[], versionsOf: (document: number) => number[]): VersionGroup[] {
  const scores = new Map(ranking.map(({ document, score }) => [document, score]));
  const folded = new Set<number>();
  const groups: VersionGroup[] = [];
  for (const { document, score } of ranking) {
    if (folded.has(document)) continue;
    const group = versionsOf(document);
    if (group.length === 1) {
      groups.push({ document, score, duplicates: [] });
      continue;
    }
    const versions = group.filter((version) => scores.has(version));
    for (const version of versions) folded.add(version);
    const shown = versions.find((version) => (scores.get(version) ?? 0) >= score * NEWEST_SHARE) ?? document;
    groups.push({ document: shown, score, duplicates: versions.filter((version) => version !== shown) });
  }
  return groups;
}
