import { z } from 'zod';
import { filter } from './request.js';

const MOST_LISTED = 1_000;

/** A list of documents as a caller may ask for it. */
export const listRequest = z.strictObject({
  limit: z.int().min(1).max(MOST_LISTED).default(20).describe('How many documents, at most.'),
  cursor: z.string().optional().describe('nextCursor of the page before. Left out: the first page.'),
  filter: filter.optional(),
});
