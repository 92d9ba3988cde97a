import type { z } from 'zod';
import type { ErrorCode } from '../../errors.js';

/** JSON that a schema describes. */
export interface JsonContent {
  type: 'application/json';
  /** Under which the document holds the schema. */
  name: string;
  schema: z.ZodType;
  /** Works as it stands where the sample corpus is the index. */
  example?: unknown;
}

/** What no schema checks: files, streams, text. */
export interface OtherContent {
  type: string;
  /** As JSON Schema. */
  schema: Record<string, unknown>;
  example?: string;
}

export type Content = JsonContent | OtherContent;

/** What comes with a status. */
export interface Answer {
  description: string;
  /** Default: nothing */
  content?: Content;
}

/** One route of the server: what it takes, what it answers, and a request that works. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As it is written in the source: `/v1/documents/:id`. */
  path: string;
  /** What generated clients call it. */
  id: string;
  tag: string;
  summary: string;
  description?: string;
  /** Parameters of the query string. */
  query?: z.ZodObject;
  body?: Content;
  /** By status; the first is that of the example. */
  answers: Record<number, Answer>;
  /** What it refuses besides what any route does. */
  failures?: ErrorCode[];
  /** Whether the answer has an ETag that holds as long as the index does not change. */
  revalidates?: boolean;
  /** Parameters of the example. */
  example?: { path?: Record<string, string>; query?: Record<string, string> };
}

/** JSON of a schema that has a name in the document. */
export function json(name: string, schema: z.ZodType, example?: unknown): JsonContent {
  return { type: 'application/json', name, schema, ...(example === undefined ? {} : { example }) };
}
