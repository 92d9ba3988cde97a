import type { NewDocument } from './documents-client.js';

/** Documents, or what is NDJSON already. */
export type DocumentSource =
  | Iterable<NewDocument>
  | AsyncIterable<NewDocument>
  | ReadableStream<Uint8Array>
  | Blob
  | string;

/** A source as the body of an import: what is there already is sent whole, what is still to come as it comes. */
export function documentLines(source: DocumentSource): Blob | ReadableStream<Uint8Array> {
  if (source instanceof Blob || source instanceof ReadableStream) return source;
  if (typeof source === 'string') return new Blob([source]);
  return Symbol.asyncIterator in source
    ? streamOf(source)
    : new Blob(Array.from(source, (document) => lineOf(document)));
}

function streamOf(documents: AsyncIterable<NewDocument>): ReadableStream<Uint8Array> {
  const iterator = documents[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(lineOf(value)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function lineOf(document: NewDocument): string {
  return `${JSON.stringify(document)}\n`;
}
