import { z } from 'zod';

/** The most texts of one request, as OpenAI has it. */
const MOST_TEXTS = 2_048;
/** In UTF-16 units, of all texts together: about half a million tokens. */
const LONGEST_TEXTS = 2_000_000;

const NO_TOKENS =
  'must be a text or a list of texts: this model has tokens of its own, so send the text itself';

const text = z.string({ error: NO_TOKENS }).refine((one) => one.trim() !== '', 'is blank; leave it out');

/** Texts to embed, as OpenAI's clients ask for it. */
export const embeddingsRequest = z.strictObject({
  input: z
    .union([text, z.array(text)], { error: NO_TOKENS })
    .refine((input) => input.length > 0, 'has no text; send one at least')
    .refine(
      (input) => typeof input === 'string' || input.length <= MOST_TEXTS,
      `has more than ${MOST_TEXTS} texts; send them in several requests`,
    )
    .refine(
      (input) => [input].flat().reduce((sum, one) => sum + one.length, 0) <= LONGEST_TEXTS,
      `is longer than ${LONGEST_TEXTS} characters in all; send it in several requests`,
    )
    .describe(
      `A text, or up to ${MOST_TEXTS}, of ${LONGEST_TEXTS} characters in all. They are embedded as passages are.`,
    ),
  model: z.string().optional().describe('The name of the model that the index has. Left out: that one.'),
  encoding_format: z
    .enum(['float', 'base64'])
    .default('float')
    .describe('Numbers, or their little-endian float32 in base64.'),
  dimensions: z.int().min(1).optional().describe('Only as many as the model gives.'),
  user: z.string().optional().describe('Taken because clients send it; nothing becomes of it.'),
});

export type EmbeddingsRequest = z.output<typeof embeddingsRequest>;
export type EmbeddingsInput = z.input<typeof embeddingsRequest>;
