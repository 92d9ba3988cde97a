import { dot, meanVector } from '../embedding/vector-math.js';
import type { Filter } from '../filter.js';
import type { DocumentRow } from '../storage/document-store.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { RelatedAnswer, RelatedHit } from './answer.js';
import type { AnswerBudget } from './answer-budget.js';
import { LEAST_COSINE, subjectDirection, timeFactor } from './closeness.js';
import { diversify } from './diversify.js';
import type { DocumentEvidence } from './document-evidence.js';
import { foldVersions, type VersionGroup } from './fold-versions.js';
import type { SemanticLeg } from './legs.js';
import { candidatesFromPassages, moreCandidates } from './related-candidates.js';
import { relatingPassages } from './related-passages.js';
import type { RelatedSource } from './related-source.js';
import type { RelatedRequest } from './request.js';
import { round } from './score.js';
import { elapsed, withoutKey } from './searcher.js';
import { slices } from './slices.js';
import { SourceAlignment } from './source-alignment.js';

/** Documents sought from each passage at first. */
const CANDIDATES_PER_PASSAGE = 20;
/** Where one event fills them, more are sought, up to this many. */
const MOST_CANDIDATES = 480;
/** Passages of each of two documents that are laid side by side. */
const MOST_ALIGNED = 48;
/** What the passages laid side by side count for against the direction of the whole. */
const ALIGNMENT_WEIGHT = 0.25;

interface Parts {
  storage: StoredIndex;
  semantic: SemanticLeg;
  evidence: DocumentEvidence;
  budget?: AnswerBudget | undefined;
}

/**
 * Finds the documents related to a whole one: near to its subject and, passage by passage, to what it says, among those
 * that any of its passages leads to. Never the document itself, nor another version of it.
 *
 * @throws AkinError ANSWER_TOO_LARGE where the hits exceed the budget
 */
export async function findRelated(
  source: RelatedSource,
  request: RelatedRequest,
  parts: Parts,
): Promise<RelatedAnswer> {
  const started = performance.now();
  const { storage, evidence } = parts;
  const alignment = new SourceAlignment(source.passages, evidence);
  const groups = await pickRelated(source, request, alignment, parts);
  const hits: RelatedHit[] = [];
  for (const some of slices(groups)) {
    const made = await hitsOf(some, alignment, storage);
    parts.budget?.take(made);
    hits.push(...made);
  }
  const duplicates = briefly(source.versions, await storage.documents.rows(source.versions));
  const { limit } = request;
  return { limit, hits, duplicates, processingTimeMs: elapsed(started) };
}

async function hitsOf(
  groups: VersionGroup[],
  alignment: SourceAlignment,
  storage: StoredIndex,
): Promise<RelatedHit[]> {
  const rows = await storage.documents.rows(
    groups.flatMap(({ document, duplicates }) => [document, ...duplicates]),
  );
  const passages = await relatingPassages(
    groups.map(({ document }) => document),
    alignment,
    storage,
  );
  return groups.flatMap(({ document, score, duplicates }): RelatedHit[] => {
    const row = rows.get(document);
    if (!row) return [];
    return [
      {
        score: round(Math.min(1, Math.max(0, score))),
        document: withoutKey(row),
        passages: passages.get(document) ?? [],
        duplicates: briefly(duplicates, rows),
      },
    ];
  });
}

function briefly(keys: number[], rows: Map<number, DocumentRow>): RelatedAnswer['duplicates'] {
  return keys.flatMap((key) => {
    const row = rows.get(key);
    return row ? [{ id: row.id, title: row.title, url: row.url }] : [];
  });
}

async function pickRelated(
  source: RelatedSource,
  request: RelatedRequest,
  alignment: SourceAlignment,
  parts: Parts,
): Promise<VersionGroup[]> {
  const { limit, diversity } = request;
  const { storage, semantic, evidence } = parts;
  const mean = meanVector(source.passages.map(({ vector }) => vector));
  const filter = withSource(source, request);
  if (!mean || filter === null || limit === 0) return [];
  const among = await storage.among({ filter, phrases: [], excluded: [] });
  const options = { storage, semantic, among };
  const meanOf = (document: number): Float32Array => evidence.mean(document) ?? mean;

  let wanted = Math.max(CANDIDATES_PER_PASSAGE, limit * 2);
  let found = await candidatesFromPassages(source.passages, mean, wanted, options);
  for (;;) {
    const others = found.filter((document) => document !== source.key && !source.versions.includes(document));
    await evidence.loadMeans(others);
    const near = others.filter((document) => dot(mean, meanOf(document)) >= LEAST_COSINE);
    await evidence.load(near);
    const ranking = await rank(near, mean, alignment, source, request, parts);
    const versions = await storage.versions.groupsOf(near);
    const folded = foldVersions(ranking, (document) => versions.get(document) ?? [document]);
    const cosine = (one: VersionGroup, other: VersionGroup): number =>
      dot(meanOf(one.document), meanOf(other.document));
    const { picks, isShort } = diversify(folded, { diversity, limit, cosine });
    // Where even documents that have nothing to do with it are found, there are no more that have.
    const isAll = near.length < others.length || wanted >= semantic.size;
    wanted *= 4;
    if (!isShort || isAll || wanted > MOST_CANDIDATES) return picks;
    found = await moreCandidates(mean, found, wanted, options);
  }
}

/** The request's filter with its condition on who published; null where nothing can fit. */
function withSource(
  source: RelatedSource,
  { filter, source: which }: RelatedRequest,
): Filter | undefined | null {
  if (which === 'any') return filter;
  if (source.source === null) return which === 'same' ? null : filter;
  const condition: Filter = {
    field: 'source',
    operator: which === 'same' ? 'eq' : 'ne',
    value: source.source,
  };
  return filter ? { and: [filter, condition] } : condition;
}

/** Best first; documents that score the same keep one order. */
async function rank(
  documents: number[],
  mean: Float32Array,
  alignment: SourceAlignment,
  { publishedAt }: RelatedSource,
  { recency }: RelatedRequest,
  { storage, evidence }: Parts,
): Promise<{ document: number; score: number }[]> {
  const means = documents.flatMap((document) => evidence.mean(document) ?? []);
  const direction = subjectDirection(mean, means);
  const dates = recency > 0 ? await storage.documents.rows(documents) : null;
  return documents
    .map((document) => {
      const whole = dot(direction, evidence.mean(document) ?? mean);
      const aligned = alignment.beside(document, MOST_ALIGNED).alignment?.score ?? 0;
      const closeness = (1 - ALIGNMENT_WEIGHT) * whole + ALIGNMENT_WEIGHT * aligned;
      const inTime = dates ? timeFactor(recency, publishedAt, dates.get(document)?.publishedAt ?? null) : 1;
      return { document, score: closeness * inTime };
    })
    .sort((a, b) => b.score - a.score || a.document - b.document);
}
