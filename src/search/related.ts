import { dot, meanVector } from '../embedding/vector-math.js';
import { AkinError } from '../errors.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { Hit, HitPassage, RelatedAnswer } from './answer.js';
import { DocumentEvidence } from './document-evidence.js';
import { foldVersions } from './fold-versions.js';
import type { RelatedRequest } from './request.js';
import { elapsed, round, withoutKey } from './searcher.js';
import { nearestDocuments } from './semantic-leg.js';

/** Passages of a long document from which neighbours are sought, taken evenly from over the whole. */
const PROBES = 16;
/** Documents sought from each probe, and compared as wholes in the end. */
const CANDIDATES_PER_PROBE = 30;
/** Documents whose means are further apart have nothing to do with each other. */
const LEAST_COSINE = 0.3;
const PASSAGES_PER_HIT = 2;

/** The document that others shall be related to: one of the index, or a text that is not in it. */
export interface RelatedSource {
  /** Of its passages. */
  vectors: Float32Array[];
  /** The document itself, where it is in the index. */
  key: number | null;
  /** Its other versions in the index. */
  versions: number[];
}

/** A document of the index as a source. @throws AkinError DOCUMENT_NOT_FOUND */
export function sourceFromIndex(id: string, storage: Storage): RelatedSource {
  const document = storage.documents.get(id);
  if (!document) throw new AkinError('DOCUMENT_NOT_FOUND', `There is no document "${id}" in the index.`);
  const vectors = storage.vectors.ofDocuments([document.key]).map(({ vector }) => vector);
  const versions = storage.versions.groupOf(document.key).filter((version) => version !== document.key);
  return { key: document.key, versions, vectors };
}

/**
 * Finds the documents nearest to a whole document: the cosine of the mean vectors of all passages, among those that
 * any of its passages leads to. Never the document itself, nor another version of it.
 */
export function findRelated(
  source: RelatedSource,
  { limit, filter }: RelatedRequest,
  { storage, index }: { storage: Storage; index: VectorIndex },
): RelatedAnswer {
  const started = performance.now();
  const mean = meanVector(source.vectors);
  const evidence = new DocumentEvidence(storage);
  const among = filter ? storage.documents.keysMatching(filter) : null;
  const found = mean ? candidates(mean, source.vectors, limit, { storage, index, among }) : [];
  const others = found.filter((document) => document !== source.key && !source.versions.includes(document));
  evidence.load(others);

  const scores = new Map(
    others.map((document) => [document, mean ? cosineTo(mean, evidence.mean(document)) : 0]),
  );
  const scoreOf = (document: number): number => scores.get(document) ?? 0;
  const ranking = others
    .filter((document) => scoreOf(document) >= LEAST_COSINE)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || a - b);
  const ranked = ranking.map((document) => ({ document, score: scoreOf(document) }));
  const groups = foldVersions(ranked, (document) => storage.versions.groupOf(document)).slice(0, limit);

  const rows = storage.documents.rows([
    ...source.versions,
    ...groups.flatMap((g) => [g.document, ...g.duplicates]),
  ]);
  const brief = (key: number): RelatedAnswer['duplicates'] => {
    const row = rows.get(key);
    return row ? [{ id: row.id, title: row.title, url: row.url }] : [];
  };
  const hits = groups.flatMap(({ document, score, duplicates }): Hit[] => {
    const row = rows.get(document);
    if (!row) return [];
    return [
      {
        score: round(Math.min(1, Math.max(0, score))),
        document: withoutKey(row),
        passages: relatingPassages(document, source.vectors, storage, evidence),
        duplicates: duplicates.flatMap(brief),
      },
    ];
  });
  return { limit, hits, duplicates: source.versions.flatMap(brief), processingTimeMs: elapsed(started) };
}

function candidates(
  mean: Float32Array,
  vectors: Float32Array[],
  limit: number,
  options: Parameters<typeof nearestDocuments>[2],
): number[] {
  const step = Math.max(1, vectors.length / PROBES);
  const probes = Array.from(
    { length: Math.min(PROBES, vectors.length) },
    (_, i) => vectors[Math.floor(i * step)],
  );
  const wanted = Math.max(CANDIDATES_PER_PROBE, limit * 2);
  const found = new Set<number>();
  for (const probe of [mean, ...probes]) {
    if (!probe) continue;
    for (const { document } of nearestDocuments(probe, wanted, options).slice(0, wanted)) found.add(document);
  }
  return [...found];
}

/** The passages of a related document that are nearest to any of the source's. */
function relatingPassages(
  document: number,
  vectors: Float32Array[],
  storage: Storage,
  evidence: DocumentEvidence,
): HitPassage[] {
  const nearness = new Map(
    evidence
      .passages(document)
      .map(({ id, vector }) => [id, Math.max(...vectors.map((own) => dot(own, vector)))]),
  );
  return storage.documents
    .passages(document)
    .map((passage) => ({
      ...passage,
      score: round(Math.max(0, nearness.get(passage.id) ?? 0)),
      highlights: [],
      answer: null,
    }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, PASSAGES_PER_HIT);
}

function cosineTo(mean: Float32Array, other: Float32Array | null): number {
  return other ? dot(mean, other) : 0;
}
