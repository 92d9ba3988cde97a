import type { Akin } from '../akin.js';

/** What agents may ask of an index: they read, and change nothing. */
export type ReadableIndex = Pick<
  Akin,
  'search' | 'related' | 'relatedToText' | 'passagesOf' | 'listDocuments' | 'facets'
>;
