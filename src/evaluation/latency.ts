import type { Akin } from '../akin.js';
import { AkinError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { MODES } from '../search/request.js';
import { sentencesOf } from '../search/sentences.js';

/** How long one kind of request takes, in milliseconds. */
export interface Latency {
  /** `hybrid`, `semantic` or `keyword` for searches in that mode, or `related`. */
  request: string;
  times: number;
  median: number;
  p95: number;
  p99: number;
}

/** Of a sentence, so many words are a question. */
const WORDS_OF_QUESTION = 12;
const WARM_UP = 5;

/**
 * Measures how long an index takes to answer: searches in each mode for sentences out of its own documents, all
 * different, and related documents, in turns.
 *
 * @param most of each kind; fewer where there are fewer documents
 * @throws AkinError INVALID_REQUEST where the index is empty
 */
export async function measureLatencies(akin: Akin, most: number): Promise<Latency[]> {
  const asked = await questionsOf(akin, most + WARM_UP);
  if (asked.length === 0) {
    throw new AkinError(
      'INVALID_REQUEST',
      'The index is empty: bring documents in first, with akin ingest PATH.',
    );
  }
  const warmUp = Math.min(WARM_UP, asked.length - 1);
  const times: { request: string; ms: number }[] = [];
  for (const [place, { id, query }] of asked.entries()) {
    const measure = async (request: string, run: () => Promise<unknown>): Promise<void> => {
      const started = performance.now();
      await run();
      if (place >= warmUp) times.push({ request, ms: performance.now() - started });
    };
    for (const mode of MODES) await measure(mode, () => akin.search({ query, mode }));
    await measure('related', () => akin.related(id));
  }
  const groups = groupBy(times, ({ request }) => request);
  return Array.from(groups, ([request, own]) =>
    latencyOf(
      request,
      own.map(({ ms }) => ms),
    ),
  );
}

/** Documents from over the whole list, each with a sentence of it. */
async function questionsOf(akin: Akin, most: number): Promise<{ id: string; query: string }[]> {
  const { documents } = await akin.listDocuments({ limit: 1_000 });
  const step = Math.max(1, Math.floor(documents.length / most));
  const questions: { id: string; query: string }[] = [];
  for (let place = 0; place < documents.length && questions.length < most; place += step) {
    const document = documents[place];
    if (!document) break;
    const { id, text, language } = await akin.getDocument(document.id);
    const sentences = sentencesOf(text, language);
    const [start, end] = sentences[Math.floor(sentences.length / 2)] ?? [0, 0];
    const query = text.slice(start, end).split(/\s+/).slice(0, WORDS_OF_QUESTION).join(' ');
    if (query !== '') questions.push({ id, query });
  }
  return questions;
}

function latencyOf(request: string, times: number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(2));
  return { request, times: times.length, median: at(0.5), p95: at(0.95), p99: at(0.99) };
}
