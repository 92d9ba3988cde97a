import { z } from 'zod';

/** Words with commas between them in the environment and on the command line, a list in the file. */
const list = (entry: z.ZodType<string, string>) =>
  z
    .union([
      z.array(entry),
      z
        .string()
        .transform((text) => text.split(',').flatMap((word) => word.trim() || []))
        .pipe(z.array(entry)),
    ])
    .default([]);

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'is no origin; write it as https://news.example, without a path',
  );

/** How a server meets those who use it. */
export const SERVER_SETTINGS = {
  allowedHosts: list(z.string().min(1).toLowerCase()).describe(
    'names that the server goes by, as behind a proxy: search.example',
  ),
  corsOrigins: list(origin).describe('other sites whose pages may use the server: https://news.example'),
  rateLimit: z.coerce
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'requests a minute of one key or address, 0 for any number; none given: 0 on loopback, else 600',
    ),
  clientTimeoutMs: z.coerce
    .number()
    .int()
    .min(1)
    .max(600_000)
    .default(30_000)
    .describe(
      'time for a client to send the head of a request, and to pause within its body or in reading the answer',
    ),
  maxAnswerBytes: z.coerce
    .number()
    .int()
    .min(1)
    .default(32_000_000)
    .describe('a larger answer in JSON is refused'),
  maxSearches: z.coerce.number().int().min(1).max(1_000).default(32).describe('requests that search at once'),
  maxWaitingSearches: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(512)
    .describe('requests that wait for their turn to search; more are refused'),
  searchWaitMs: z.coerce
    .number()
    .int()
    .min(1)
    .max(600_000)
    .default(10_000)
    .describe('a request that waited longer for its turn to search is refused'),
  drainMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(600_000)
    .default(0)
    .describe('how long a server that is told to end goes on answering, with /readyz at 503'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .nullable()
    .default(null)
    .describe(
      'what the log has: debug, info, warn, error or silent; none given: warn on loopback, else info',
    ),
} as const;
