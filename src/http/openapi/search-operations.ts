import { z } from 'zod';
import { embeddingsRequest } from '../../embedding/embeddings-request.js';
import { facetsRequest } from '../../search/index-facets.js';
import { relatedRequest, searchRequest } from '../../search/request.js';
import { batchRequest, MOST_QUERIES, relatedSource } from '../search-routes.js';
import { batchAnswer, indexFacets, relatedAnswer, searchAnswer } from './answers/searches.js';
import { embeddings } from './answers/server.js';
import { json, type Operation } from './operation.js';

const tag = 'Search';
const { query: q, ...others } = searchRequest.shape;
const QUESTION = 'who pays for the tidal power plant?';
const found = { description: 'The hits, the best first.', content: json('SearchAnswer', searchAnswer) };
const related = {
  description: 'Related documents, the best first.',
  content: json('RelatedAnswer', relatedAnswer),
};

/** Searches, related documents, embeddings. */
export const searchOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v1/search',
    id: 'search',
    tag,
    summary: 'Search',
    description:
      'Finds the documents that answer, with their best passages. `score` is the chance that a hit answers, comparable between queries.',
    body: json('SearchRequest', searchRequest, { query: QUESTION, limit: 3 }),
    answers: { 200: found },
    failures: ['ANSWER_TOO_LARGE', 'NO_RERANKER', 'BUSY'],
  },
  {
    method: 'GET',
    path: '/v1/search',
    id: 'searchByAddress',
    tag,
    summary: 'Search by an address',
    description: 'The same with flat parameters.',
    query: z.strictObject({ q, ...others }),
    answers: { 200: found },
    failures: ['ANSWER_TOO_LARGE', 'NO_RERANKER', 'BUSY'],
    revalidates: true,
    example: { query: { q: QUESTION, filter: '{"language":"en"}', facets: 'source,tags' } },
  },
  {
    method: 'POST',
    path: '/v1/search/batch',
    id: 'searchBatch',
    tag,
    summary: 'Search for several things',
    description:
      'All answers, in the order of the queries; `ANSWER_TOO_LARGE` in the place of one for which there is no room, or a failure where a query is wrong.',
    body: json('BatchRequest', batchRequest.extend({ queries: z.array(searchRequest).max(MOST_QUERIES) }), {
      queries: [{ query: QUESTION }, { query: 'ransomware', mode: 'keyword', limit: 2 }],
    }),
    answers: { 200: { description: 'An answer for each.', content: json('BatchAnswer', batchAnswer) } },
    failures: ['ANSWER_TOO_LARGE', 'NO_RERANKER', 'BUSY'],
  },
  {
    method: 'GET',
    path: '/v1/facets',
    id: 'facets',
    tag: 'Documents',
    summary: 'What documents there are',
    description:
      'How many have each source, author, language and tag, and from when to when they were published.',
    query: facetsRequest,
    answers: {
      200: { description: 'The most frequent values first.', content: json('Facets', indexFacets) },
    },
    failures: ['ANSWER_TOO_LARGE', 'BUSY'],
    example: { query: { limit: '10' } },
  },
  {
    method: 'GET',
    path: '/v1/documents/:id/related',
    id: 'related',
    tag,
    summary: 'What is related to a document',
    description: 'Never the document itself, nor its other versions.',
    query: relatedRequest,
    answers: { 200: related },
    failures: ['DOCUMENT_NOT_FOUND', 'ANSWER_TOO_LARGE', 'BUSY'],
    revalidates: true,
    example: { path: { id: 'energy/tidal-gate-opens.md' }, query: { limit: '5' } },
  },
  {
    method: 'POST',
    path: '/v1/related',
    id: 'relatedToText',
    tag,
    summary: 'What is related to a text',
    description: 'The same for a text that is not in the index. It has no source: `source` must be `any`.',
    body: json('RelatedToText', relatedRequest.extend(relatedSource.shape), {
      title: 'Harbour closed',
      text: 'The port has been closed since hackers locked its computers and asked for a ransom.',
      limit: 5,
    }),
    answers: { 200: related },
    failures: ['ANSWER_TOO_LARGE', 'PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'BUSY'],
  },
  {
    method: 'POST',
    path: '/v1/embeddings',
    id: 'embeddings',
    tag,
    summary: "Embed texts, as OpenAI's clients do",
    description:
      "Vectors of length 1 by the index's own model, as passages have them. A text longer than the model's window is parted as documents are, and gets the mean of its parts.",
    body: json('EmbeddingsRequest', embeddingsRequest, {
      input: ['The ferry turned back in the storm.', 'He keeps bees.'],
    }),
    answers: { 200: { description: 'A vector for each text.', content: json('Embeddings', embeddings) } },
    failures: ['MODEL_NOT_FOUND', 'ANSWER_TOO_LARGE', 'PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'BUSY'],
  },
];
