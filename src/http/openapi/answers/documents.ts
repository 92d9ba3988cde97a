import { z } from 'zod';
import type { DocumentPage, DocumentSummary, FullDocument } from '../../../akin.js';
import type { WrittenDocument } from '../../../ingest/document-sink.js';
import type { StoredPassage } from '../../../types.js';

export const documentSummary = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  author: z.string().nullable(),
  publishedAt: z.string().nullable().describe('ISO 8601: a date, or a moment with its time zone.'),
  language: z.string().nullable().describe('BCP 47.'),
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<DocumentSummary>;

export const fullDocument = documentSummary.extend({
  text: z.string(),
  versions: z
    .array(documentSummary.pick({ id: true, title: true, url: true, publishedAt: true }))
    .describe('Other versions of the same text, the newest first.'),
}) satisfies z.ZodType<FullDocument>;

export const documentPage = z.strictObject({
  documents: z.array(documentSummary).describe('In the order in which they came.'),
  nextCursor: z.string().nullable().describe('For the next page; null at the end.'),
}) satisfies z.ZodType<DocumentPage>;

export const passage = z.strictObject({
  id: z.int().describe('Unique in the index for ever: a changed passage gets a new one.'),
  text: z.string(),
  start: z.int().describe("Offset into the document's text, in UTF-16 units."),
  end: z.int(),
  page: z.int().nullable(),
  heading: z.string().nullable(),
}) satisfies z.ZodType<StoredPassage>;

export const passages = z.strictObject({ passages: z.array(passage) });

export const writtenDocument = z.strictObject({
  id: z.string(),
  status: z.enum(['created', 'updated', 'unchanged']),
  passages: z.int().describe('How many it was parted into.'),
}) satisfies z.ZodType<WrittenDocument>;

export const writtenDocuments = z.strictObject({ documents: z.array(writtenDocument) });

export const removedDocuments = z.strictObject({ removed: z.int().describe('How many documents.') });

export const location = z.strictObject({
  location: z.string().nullable().describe("A path of the server's machine."),
});
