import { signatureOf } from '../../src/documents/shingles.js';
import type { ModelFingerprint } from '../../src/embedding/embedder.js';
import { unitVector } from '../../src/embedding/vector-math.js';
import type { DocumentSink, WrittenDocument } from '../../src/ingest/document-sink.js';
import type { StorableDocument } from '../../src/storage/document-store.js';
import type { DocumentFields } from '../../src/types.js';

export const DIMENSIONS = 16;

/** Of no model: the vectors are made. */
export const MODEL: ModelFingerprint = {
  model: 'made',
  sha256: '',
  dtype: 'float32',
  pooling: 'mean',
  window: 512,
  queryPrefix: '',
  passagePrefix: '',
  dimensions: DIMENSIONS,
};

export interface MadeDocument extends Partial<DocumentFields> {
  id: string;
  /** One passage for each paragraph, with an empty line between. Default: the id */
  text?: string;
  file?: string;
  /** One for each passage. Default: by the letters of each */
  vectors?: Float32Array[];
  page?: StorableDocument['page'];
}

/** A document as it is stored. */
export function made({ id, text = id, file, vectors, page, ...fields }: MadeDocument): StorableDocument {
  const passages = passagesOf(text);
  const own = vectors ?? passages.map(({ start, end }) => vectorOfText(text.slice(start, end)));
  return {
    id,
    text,
    file: file ?? null,
    hash: JSON.stringify([text, fields, own.map((vector) => [...vector])]),
    signature: signatureOf(text),
    passages,
    vectors: own,
    ...(page ? { page } : {}),
    fields: {
      title: null,
      url: null,
      source: null,
      author: null,
      publishedAt: null,
      language: null,
      tags: [],
      metadata: {},
      ...fields,
    },
  };
}

/** Stores documents, however many the sink takes at once. */
export async function putAll(sink: DocumentSink, documents: StorableDocument[]): Promise<WrittenDocument[]> {
  const written: WrittenDocument[] = [];
  while (written.length < documents.length) {
    const next = documents.slice(written.length, written.length + sink.documentsAtOnce);
    const stored = await sink.put(next, { durable: false, model: MODEL });
    await stored.found;
    written.push(...stored.written);
  }
  return written;
}

/** Texts of the same letters have the same. */
export function vectorOfText(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = 0.1;
  for (const [place, letter] of [...text].entries()) {
    const at = (letter.codePointAt(0) ?? 0) % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + 1 + (place % 3) / 10;
  }
  return unitVector(vector);
}

function passagesOf(text: string): StorableDocument['passages'] {
  const passages: StorableDocument['passages'] = [];
  for (let start = 0; start < text.length; ) {
    const blank = text.indexOf('\n\n', start);
    const end = blank === -1 ? text.length : blank;
    passages.push({ start, end, page: null, heading: passages.length > 0 ? 'Further' : null });
    start = blank === -1 ? text.length : blank + 2;
  }
  return passages;
}
