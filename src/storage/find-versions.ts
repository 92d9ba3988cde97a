import { type Signature, shinglesOf } from '../documents/shingles.js';
import { areAboutTheSame, areVersions } from '../documents/versions.js';
import { dot, meanVector } from '../embedding/vector-math.js';
import type { Storage } from './storage.js';

/** A text whose versions are sought. */
export interface VersionSource {
  /** Its key, where it is in the index. */
  key: number | null;
  text: string;
  signature: Signature;
  /** Of its passages. */
  vectors: Float32Array[];
}

/**
 * The documents that are versions of a text: those whose signatures are like its own, whose words are mostly the
 * same, and whose vectors confirm it.
 */
export function findVersions({ key, text, signature, vectors }: VersionSource, storage: Storage): number[] {
  const candidates = storage.versions.candidates(signature).filter((candidate) => candidate !== key);
  const mean = meanVector(vectors);
  if (candidates.length === 0 || !mean) return [];
  const shingles = shinglesOf(text);
  return candidates.filter((candidate) => {
    if (!areVersions(shingles, shinglesOf(storage.documents.textOf(candidate)))) return false;
    const other = meanVector(storage.vectors.ofDocuments([candidate]).map(({ vector }) => vector));
    return other !== null && areAboutTheSame(dot(mean, other));
  });
}
