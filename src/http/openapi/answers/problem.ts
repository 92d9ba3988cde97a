import { z } from 'zod';
import { PROBLEM_CODES, statusOf } from '../../problem.js';

const STATUSES = [
  '| code | status |',
  '|---|---|',
  ...PROBLEM_CODES.map((code) => `| ${code} | ${statusOf(code)} |`),
];

/** RFC 9457. */
export const problem = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, and what to do next, for a person.'),
    code: z.enum(PROBLEM_CODES).describe('Stays the same: programs may rely on it.'),
    requestId: z.string().describe("Stands in the server's log, and in the header X-Request-Id."),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .exactOptional()
      .describe('Each place of the request that is wrong.'),
    error: z
      .strictObject({
        message: z.string(),
        type: z.string(),
        param: z.string().nullable(),
        code: z.string(),
      })
      .exactOptional()
      .describe("Of /v1/embeddings alone: the same for OpenAI's clients."),
  })
  .describe(STATUSES.join('\n'));
