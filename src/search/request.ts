import { z } from 'zod';
import { AkinError } from '../errors.js';
import { type Filter, parseFilter } from '../filter.js';

export const MODES = ['hybrid', 'semantic', 'keyword'] as const;

/**
 * `semantic` goes by meaning, `keyword` by words, `hybrid` by both.
 */
export type Mode = (typeof MODES)[number];

export const SORTS = ['relevance', 'newest', 'oldest'] as const;

/** `relevance` has the best first; the others order what answers by its date of publication. */
export type Sort = (typeof SORTS)[number];

/** Fields whose values can be counted over what matched. */
export const FACET_FIELDS = ['source', 'author', 'language', 'tags'] as const;
export type FacetField = (typeof FACET_FIELDS)[number];

/** In UTF-16 units; a longer query is a document, for which there is `related`. */
export const LONGEST_QUERY = 8_000;
const MOST_HITS = 1_000;
const DEEPEST_OFFSET = 10_000;

/** A filter as a request gives it, checked. */
export const filter = z
  .unknown()
  .transform((value): Filter | undefined => (value == null ? undefined : parseFilter(value)));

export const searchRequest = z.strictObject({
  query: z
    .string()
    .max(LONGEST_QUERY, `is longer than ${LONGEST_QUERY} characters; POST /v1/related takes a whole text`)
    .refine((query) => query.trim() !== '', 'is empty; say what to look for')
    .describe(
      'A question or words. "word for word" finds only what has the phrase; -word leaves out what has it.',
    ),
  limit: z.int().min(0).max(MOST_HITS).default(10).describe('How many hits, at most.'),
  offset: z.int().min(0).max(DEEPEST_OFFSET).default(0).describe('How many hits come before these.'),
  mode: z.enum(MODES).default('hybrid').describe('By meaning, by words, or by both.'),
  sort: z
    .enum(SORTS)
    .default('relevance')
    .describe('The best first, or in the order of the dates of publication.'),
  prefix: z
    .boolean()
    .optional()
    .describe(
      "Whether the query's last word, if nothing follows it, is also the beginning of one. Left out: where no document has the word itself.",
    ),
  groupBy: z.enum(['document']).default('document').describe('A hit is a document with its best passages.'),
  filter: filter.optional(),
  facets: z
    .array(z.enum(FACET_FIELDS))
    .default([])
    .describe('Fields whose values are counted over the documents found.'),
  minScore: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Hits below this are left out. Left out: 0.06, below which hits are noise.'),
  passagesPerDocument: z.int().min(0).max(100).default(3).describe('How many passages a hit has, at most.'),
  explain: z.boolean().default(false).describe('Whether a hit says what each leg found.'),
  rerank: z
    .boolean()
    .optional()
    .describe(
      'Whether the reranker orders the best hits anew. Left out: where there is one and they are sorted by relevance.',
    ),
});

/** A search with its defaults filled in. */
export type SearchRequest = z.output<typeof searchRequest>;
/** A search as a caller may give it. */
export type SearchInput = z.input<typeof searchRequest>;

export const RELATED_SOURCES = ['any', 'same', 'other'] as const;

export const relatedRequest = z.strictObject({
  limit: z.int().min(0).max(MOST_HITS).default(10).describe('How many hits, at most.'),
  filter: filter.optional(),
  diversity: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('What likeness to hits before it costs a hit. With 0 the hits come by score alone.'),
  recency: z.number().min(0).max(1).default(0).describe('How much closeness in time of publication counts.'),
  source: z
    .enum(RELATED_SOURCES)
    .default('any')
    .describe('Published where the document was, elsewhere, or either.'),
});

export type RelatedRequest = z.output<typeof relatedRequest>;
export type RelatedInput = z.input<typeof relatedRequest>;

/**
 * Checks a value against a schema.
 * @throws AkinError INVALID_REQUEST with an issue for each place that is wrong
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  const place = first?.path ? `${first.path}: ` : '';
  throw new AkinError('INVALID_REQUEST', `The request is wrong: ${place}${first?.message}.`, {
    issues,
    cause: error,
  });
}
