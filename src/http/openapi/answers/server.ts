import { z } from 'zod';
import type { Stats } from '../../../akin.js';

export const stats = z.strictObject({
  documents: z.int(),
  passages: z.int(),
  vectors: z.int().describe('Vectors that searches can find.'),
  bytes: z.int().describe('Of the database.'),
  database: z.enum(['sqlite', 'postgresql']).describe('Where the index is stored.'),
  keywordRanking: z.string().describe('How documents are ranked by words.'),
  model: z.strictObject({
    name: z.string(),
    dtype: z.string(),
    dimensions: z.int(),
    window: z.int().describe('The longest input in tokens.'),
    sha256: z.string(),
  }),
}) satisfies z.ZodType<Stats>;

export const status = z.strictObject({ status: z.literal('ok') });

export const readiness = z.strictObject({
  status: z.literal('ready'),
  watchFailure: z
    .string()
    .nullable()
    .describe(
      'The code of why the corpus can not be watched now; null where it is, or where none is watched.',
    ),
});

export const embeddings = z.strictObject({
  object: z.literal('list'),
  data: z.array(
    z.strictObject({
      object: z.literal('embedding'),
      index: z.int(),
      embedding: z
        .union([z.array(z.number()), z.string()])
        .describe('A vector of length 1: numbers, or with base64 their little-endian float32.'),
    }),
  ),
  model: z.string(),
  usage: z.strictObject({ prompt_tokens: z.int(), total_tokens: z.int() }),
});
