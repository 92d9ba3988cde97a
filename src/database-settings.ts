import { z } from 'zod';
import { databaseUrlProblem } from './postgres/database-url.js';
import { DEFAULT_CONNECTIONS, DEFAULT_STATEMENT_TIMEOUT_MS } from './postgres/defaults.js';

/** Where the index is kept, if not in its folder. */
export const DATABASE_SETTINGS = {
  database: z
    .string()
    .superRefine((text, context) => {
      const problem = databaseUrlProblem(text);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .nullable()
    .default(null)
    .describe(
      'PostgreSQL with pgvector instead of the folder: postgres://user:password@host:5432/database?schema=akin',
    ),
  databaseConnections: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(DEFAULT_CONNECTIONS)
    .describe('connections to PostgreSQL at once, of one process'),
  databaseTimeoutMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .default(DEFAULT_STATEMENT_TIMEOUT_MS)
    .describe('how long PostgreSQL may take for one statement; 0 for any time'),
  databaseVectors: z
    .enum(['float', 'half'])
    .default('float')
    .describe(
      'numbers of vectors in PostgreSQL in 32 bits (float), or in 16 (half); set before the first document',
    ),
} as const;
