/**
 * What part of the shorter text's shingles are in the other, and what part of all are in both, of two versions of one
 * story: of a copy with other words here and there, or of one that is only cut.
 */
const SHARED = [
  { containment: 0.6, resemblance: 0.4 },
  { containment: 0.85, resemblance: 0.25 },
];
/** Versions are about the same: the cosine of their mean vectors is at least this. */
const COSINE = 0.71;

/**
 * Whether two texts are versions of one story, by the shingles that they share: a copy with a lead before it, without
 * its tail, or with some sentences or words changed.
 */
export function areVersions(one: Set<string>, other: Set<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const shingle of few) if (many.has(shingle)) shared++;
  const containment = shared / few.size;
  const resemblance = shared / (one.size + other.size - shared);
  return SHARED.some((least) => containment >= least.containment && resemblance >= least.resemblance);
}

/** Whether the meaning of two texts confirms it. @param cosine of their mean vectors */
export function areAboutTheSame(cosine: number): boolean {
  return cosine >= COSINE;
}
