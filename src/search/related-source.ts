import type { PreparedDocument } from '../documents/prepare.js';
import { AkinError } from '../errors.js';
import type { StoredIndex } from '../storage/stored-index.js';

/** A passage of the document that others shall be related to. */
export interface SourcePassage {
  /** Null in a text that is not in the index. */
  id: number | null;
  text: string;
  start: number;
  end: number;
  vector: Float32Array;
}

/** The document that others shall be related to: one of the index, or a text that is not in it. */
export interface RelatedSource {
  passages: SourcePassage[];
  /** The document itself, where it is in the index. */
  key: number | null;
  /** Its other versions in the index. */
  versions: number[];
  /** Who published it. */
  source: string | null;
  publishedAt: string | null;
}

/** A document of the index as a source. @throws AkinError DOCUMENT_NOT_FOUND */
export async function sourceFromIndex(id: string, storage: StoredIndex): Promise<RelatedSource> {
  const key = await storage.documents.keyOf(id);
  const row = key === null ? undefined : (await storage.documents.rows([key])).get(key);
  if (key === null || !row)
    throw new AkinError('DOCUMENT_NOT_FOUND', `There is no document "${id}" in the index.`);
  const held = (await storage.vectors.held.of([key])).get(key);
  const vectors = new Map(Array.from(held?.ids ?? [], (own, place) => [own, held?.at(place)]));
  const stored = (await storage.documents.passagesOf([key])).get(key) ?? [];
  const passages = stored.flatMap((passage): SourcePassage[] => {
    const { id: number, text, start, end } = passage;
    const vector = vectors.get(number);
    return vector ? [{ id: number, text, start, end, vector }] : [];
  });
  const versions = (await storage.versions.groupOf(key)).filter((version) => version !== key);
  return { key, versions, passages, source: row.source, publishedAt: row.publishedAt };
}

/** A text that is not in the index, and what was found of it. */
export interface ReadText {
  document: Pick<PreparedDocument, 'fields' | 'passages'>;
  /** Of its passages. */
  vectors: Float32Array[];
  /** Those in the index. */
  versions: number[];
}

/** A text as a source. */
export function sourceFromText({ document, vectors, versions }: ReadText): RelatedSource {
  const passages = document.passages.flatMap(({ text, start, end }, index): SourcePassage[] => {
    const vector = vectors[index];
    return vector ? [{ id: null, text, start, end, vector }] : [];
  });
  const { source, publishedAt } = document.fields;
  return { key: null, versions, passages, source, publishedAt };
}
