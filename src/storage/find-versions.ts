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

/** A document that may be a version of a text. */
export interface VersionCandidate {
  key: number;
  text: string;
  /** Of its passages' vectors; null where it has none. */
  mean: Float32Array | null;
}

/** Those that are versions of a text: whose words are mostly the same, and whose vectors confirm it. */
export function versionsAmong(
  { text, vectors }: VersionSource,
  candidates: Iterable<VersionCandidate>,
): number[] {
  const mean = meanVector(vectors);
  if (!mean) return [];
  const versions: number[] = [];
  let shingles: Set<string> | null = null;
  for (const candidate of candidates) {
    shingles ??= shinglesOf(text);
    if (!areVersions(shingles, shinglesOf(candidate.text)) || !candidate.mean) continue;
    if (areAboutTheSame(dot(mean, candidate.mean))) versions.push(candidate.key);
  }
  return versions;
}

/** The documents of a folder's index that are versions of a text, by their keys. */
export function findVersions(source: VersionSource, { versions, documents, vectors }: Storage): number[] {
  function* read(): Generator<VersionCandidate> {
    for (const key of versions.candidates(source.signature)) {
      if (key === source.key) continue;
      const mean = meanVector(vectors.ofDocuments([key]).map(({ vector }) => vector));
      yield { key, text: documents.textOf(key), mean };
    }
  }
  return versionsAmong(source, read());
}
