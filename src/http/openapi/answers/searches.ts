import { z } from 'zod';
import type { Hit, RelatedAnswer, SearchAnswer } from '../../../search/answer.js';
import type { IndexFacets } from '../../../search/index-facets.js';
import { FACET_FIELDS, MODES } from '../../../search/request.js';
import { documentSummary, passage } from './documents.js';

const range = z.tuple([z.int(), z.int()]).describe('Offsets: of the first character, and behind the last.');

const hitPassage = passage.extend({
  score: z.number().describe('0 to 1.'),
  highlights: z.array(range).describe("The query's words in the passage's text."),
  answer: range.nullable().describe("The sentence that answers best, as offsets into the passage's text."),
});

const duplicates = z
  .array(documentSummary.pick({ id: true, title: true, url: true }))
  .describe('Other versions of the same document.');

export const hit = z.strictObject({
  score: z.number().describe('0 to 1: an estimate of the chance that the hit answers.'),
  document: documentSummary,
  passages: z.array(hitPassage),
  duplicates,
  explain: z
    .strictObject({
      semantic: z.number().nullable(),
      keyword: z.number().nullable(),
      fused: z.number(),
      reranker: z.number().exactOptional(),
    })
    .exactOptional()
    .describe('With explain: what each leg found, and what the reranker gave.'),
}) satisfies z.ZodType<Hit>;

export const searchAnswer = z.strictObject({
  query: z.string(),
  mode: z.enum(MODES),
  limit: z.int(),
  offset: z.int(),
  processingTimeMs: z.number(),
  total: z.int().describe('Hits of all pages; versions of one document are one.'),
  hits: z.array(hit),
  reranked: z.int().exactOptional().describe('How many of the best hits the reranker ordered anew.'),
  facets: z.partialRecord(z.enum(FACET_FIELDS), z.record(z.string(), z.int())),
}) satisfies z.ZodType<SearchAnswer>;

/** Stands in a batch for an answer that would be too large. */
const refusedEntry = z.strictObject({
  status: z.int(),
  code: z.literal('ANSWER_TOO_LARGE'),
  detail: z.string(),
});

export const batchAnswer = z.strictObject({ results: z.array(z.union([searchAnswer, refusedEntry])) });

const relatedHit = hit.extend({
  passages: z.array(
    hitPassage.extend({
      of: z
        .strictObject({ id: z.int().nullable(), text: z.string(), start: z.int(), end: z.int() })
        .describe('The passage of the document asked about to which this one is nearest.'),
    }),
  ),
});

export const relatedAnswer = z.strictObject({
  limit: z.int(),
  processingTimeMs: z.number(),
  hits: z.array(relatedHit),
  duplicates,
}) satisfies z.ZodType<RelatedAnswer>;

const fields = z.enum(FACET_FIELDS);

export const indexFacets = z.strictObject({
  documents: z.int(),
  publishedAt: z.strictObject({ first: z.string().nullable(), last: z.string().nullable() }),
  facets: z.record(fields, z.record(z.string(), z.int())),
  values: z.record(fields, z.int()).describe('How many values each field has in all.'),
}) satisfies z.ZodType<IndexFacets>;
