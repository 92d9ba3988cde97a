import { isIP } from 'node:net';
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

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Whether express takes it as its `trust proxy`. */
function isTrustable(value: number | string): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0;
  return value.split(',').every((word) => {
    const [address = '', bits, ...more] = word.trim().split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)];
    if (most === undefined) return bits === undefined && PROXY_NAMES.includes(address);
    return more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most));
  });
}

/** How a server meets those who use it. */
export const SERVER_SETTINGS = {
  allowedHosts: list(z.string().min(1).toLowerCase()).describe(
    'names that the server goes by, as behind a proxy: search.example',
  ),
  public: z
    .enum(['read'])
    .nullable()
    .default(null)
    .describe('read lets everybody search and read without a key; all else needs one'),
  trustProxy: z
    .union([z.number(), z.string()])
    .transform((value) => (/^\d+$/.test(String(value)) ? Number(value) : String(value)))
    .refine(
      isTrustable,
      'is neither a number of proxies nor addresses; write it as 1, or as 127.0.0.1,10.0.0.0/8',
    )
    .nullable()
    .default(null)
    .describe(
      'proxies whose X-Forwarded-For says who asks, for the rate limit: how many there are, or their addresses',
    ),
  corsOrigins: list(origin).describe('other sites whose pages may use the server: https://news.example'),
  rateLimit: z.coerce
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'requests a minute of one key or address, 0 for any number; none given: 0 where only this machine is served, else 600',
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
      'what the log has: debug, info, warn, error or silent; none given: warn where only this machine is served, else info',
    ),
} as const;
