import {
  type DocumentFields,
  FACET_FIELDS,
  type FoundPassage,
  type FullDocument,
  type Job,
  type Passage,
  type RelatedHit,
  type SearchAnswer,
  type Story,
} from './answers.js';
import type { PageState } from './page-state.js';
import { requestBlob, requestJson } from './request.js';

/** Hits on a page of results. */
export const PAGE_SIZE = 10;

/** Passages of one document of which is told how well they answer. */
const MOST_PASSAGES = 100;

/** One page of the hits of a state's query. */
export async function search(state: PageState, signal: AbortSignal): Promise<SearchAnswer> {
  const filter = filterOf(state);
  const body = {
    query: state.query,
    mode: state.mode,
    sort: state.sort,
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
export function filterOf({ source, author, language, tags, from, to }: PageState): object | null {
  const conditions: object[] = [];
  if (source !== null) conditions.push({ source });
  if (author !== null) conditions.push({ author });
  if (from !== null) conditions.push({ publishedAt: { gte: from } });
  if (to !== null) conditions.push({ publishedAt: { lte: to } });
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

/** The documents most related to one, best first, within a state's filters. */
export async function getRelated(
  id: string,
  { limit, state }: { limit: number; state: PageState },
  signal: AbortSignal,
): Promise<RelatedHit[]> {
  const filter = filterOf(state);
  const parameters = new URLSearchParams({ limit: String(limit) });
  if (filter !== null) parameters.set('filter', JSON.stringify(filter));
  const answer = await requestJson(`${documentPath(id)}/related?${parameters}`, { signal });
  return (answer as { hits: RelatedHit[] }).hits;
}

/** How well each passage of one document answers a state's query, the best first. */
export async function getAnswering(
  id: string,
  { query, mode }: PageState,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  const body = {
    query,
    mode,
    limit: 1,
    minScore: 0,
    filter: { id },
    passagesPerDocument: MOST_PASSAGES,
  };
  const { hits } = (await requestJson('v1/search', { signal, body })) as SearchAnswer;
  return hits.find((hit) => hit.document.id === id)?.passages ?? [];
}

/** The story that a document belongs to; null where it stands alone. */
export async function getStory(id: string, signal: AbortSignal): Promise<Story | null> {
  return ((await requestJson(`${documentPath(id)}/story`, { signal })) as { story: Story | null }).story;
}

/** The newest stories, those of a state's days; `more` says whether there are others. */
export async function listStories(
  { from, to }: PageState,
  limit: number,
  signal: AbortSignal,
): Promise<{ stories: Story[]; more: boolean }> {
  const parameters = new URLSearchParams({ limit: String(limit) });
  if (from !== null) parameters.set('from', from);
  if (to !== null) parameters.set('to', `${to}T23:59:59Z`);
  const answer = (await requestJson(`v1/stories?${parameters}`, { signal })) as {
    stories: Story[];
    nextCursor: string | null;
  };
  return { stories: answer.stories, more: answer.nextCursor !== null };
}

/** A page of a document's PDF as a picture. */
export function getPagePicture(id: string, page: number, signal: AbortSignal): Promise<Blob> {
  return requestBlob(`${documentPath(id)}/pages/${page}`, { signal });
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
