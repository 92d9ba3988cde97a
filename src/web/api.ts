import {
  type DocumentFields,
  FACET_FIELDS,
  type FullDocument,
  type Hit,
  type Job,
  type Passage,
  type SearchAnswer,
} from './answers.js';
import type { PageState } from './page-state.js';
import { requestJson } from './request.js';

/** Hits on a page of results. */
export const PAGE_SIZE = 10;

const RELATED_LIMIT = 8;

/** One page of the hits of a state's query. */
export async function search(state: PageState, signal: AbortSignal): Promise<SearchAnswer> {
  const filter = filterOf(state);
  const body = {
    query: state.query,
    mode: state.mode,
    limit: PAGE_SIZE,
    offset: (state.page - 1) * PAGE_SIZE,
    facets: FACET_FIELDS,
    ...(filter === null ? {} : { filter }),
    ...(state.weak ? { minScore: 0 } : {}),
    ...(state.prefix ? { prefix: true } : {}),
  };
  return (await requestJson('v1/search', { signal, body })) as SearchAnswer;
}

/** The filter in the service's language, or null when a state has none. */
export function filterOf({ source, language, tags }: PageState): object | null {
  const conditions: object[] = [];
  if (source !== null) conditions.push({ source });
  if (language !== null) conditions.push({ language });
  for (const tag of tags) conditions.push({ tags: { in: [tag] } });
  return conditions.length > 1 ? { and: conditions } : (conditions[0] ?? null);
}

/** A document with its text. */
export async function getDocument(id: string, signal: AbortSignal): Promise<FullDocument> {
  return (await requestJson(documentPath(id), { signal })) as FullDocument;
}

/** All passages of a document, in the order of its text. */
export async function getPassages(id: string, signal: AbortSignal): Promise<Passage[]> {
  const answer = await requestJson(`${documentPath(id)}/passages`, { signal });
  return (answer as { passages: Passage[] }).passages;
}

/** The documents most related to one, best first. */
export async function getRelated(id: string, signal: AbortSignal): Promise<Hit[]> {
  const answer = await requestJson(`${documentPath(id)}/related?limit=${RELATED_LIMIT}`, { signal });
  return (answer as { hits: Hit[] }).hits;
}

/** The first few documents of the index. */
export async function listDocuments(limit: number, signal: AbortSignal): Promise<DocumentFields[]> {
  const answer = await requestJson(`v1/documents?limit=${limit}`, { signal });
  return (answer as { documents: DocumentFields[] }).documents;
}

/** How many documents the index holds. */
export async function countDocuments(signal: AbortSignal): Promise<number> {
  return ((await requestJson('v1/stats', { signal })) as { documents: number }).documents;
}

/** The jobs that the service remembers, of every status. */
export async function listJobs(signal: AbortSignal): Promise<Job[]> {
  return ((await requestJson('v1/jobs', { signal })) as { jobs: Job[] }).jobs;
}

function documentPath(id: string): string {
  return `v1/documents/${encodeURIComponent(id)}`;
}
