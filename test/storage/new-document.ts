import type { NewDocument } from '../../src/storage/document-store.js';

export type Fields = Partial<NewDocument['fields']>;

/** A document of these paragraphs, each a passage of its own. */
export function newDocument(
  id: string,
  paragraphs: string[],
  fields: Fields = {},
  hash = paragraphs.join('|'),
): NewDocument {
  const text = paragraphs.join('\n\n');
  let start = 0;
  const passages = paragraphs.map((paragraph) => {
    const passage = {
      start,
      end: start + paragraph.length,
      page: null,
      heading: null,
      vector: Float32Array.of(1, 0),
    };
    start = passage.end + 2;
    return passage;
  });
  const none = {
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language: null,
    tags: [],
    metadata: {},
  };
  return {
    id,
    file: null,
    hash: hash + JSON.stringify(fields),
    fields: { ...none, ...fields },
    text,
    passages,
  };
}
