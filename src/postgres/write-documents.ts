import { meanVector } from '../embedding/vector-math.js';
import type { StorableDocument } from '../storage/document-store.js';
import type { Session } from './session.js';
import { bandsOf } from './signature-bands.js';
import { storableJson } from './storable-json.js';
import { vectorText } from './vector-text.js';

/** A document that is new or has changed, with its vectors. */
export interface ChangedDocument extends StorableDocument {
  vectors: Float32Array[];
}

/** A document that has a row. */
export interface KeyedDocument {
  key: number;
  document: ChangedDocument;
}

/**
 * Writes the rows of documents, in place of those that they have, and their passages with their vectors.
 * @param keys of those that have rows, which are cleared
 * @returns each with its key, in the given order
 */
export async function writeDocuments(
  documents: ChangedDocument[],
  keys: ReadonlyMap<string, number>,
  session: Session,
): Promise<KeyedDocument[]> {
  const rows = await session.query<{ id: string; key: number }>(
    `INSERT INTO documents (id, file, hash, title, url, source, author, language, published_at, published_ms,
       tags, metadata, signature, bands)
     SELECT id, file, hash, title, url, source, author, language, published_at, published_ms, tags::jsonb,
       metadata::json, decode(signature, 'hex'), ARRAY(SELECT jsonb_array_elements_text(bands::jsonb)::integer)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::double precision[], $11::text[], $12::text[], $13::text[], $14::text[]) WITH ORDINALITY
       AS given (id, file, hash, title, url, source, author, language, published_at, published_ms, tags, metadata,
         signature, bands, place)
     ORDER BY place
     ON CONFLICT (id) DO UPDATE SET file = excluded.file, hash = excluded.hash, title = excluded.title,
       url = excluded.url, source = excluded.source, author = excluded.author, language = excluded.language,
       published_at = excluded.published_at, published_ms = excluded.published_ms, tags = excluded.tags,
       metadata = excluded.metadata, signature = excluded.signature, bands = excluded.bands,
       site = NULL, marks = NULL
     RETURNING id, key`,
    columnsOf(documents),
  );
  const keyOf = new Map(rows.map(({ id, key }) => [id, key]));
  const keyed = documents.flatMap((document): KeyedDocument[] => {
    const key = keyOf.get(document.id) ?? keys.get(document.id);
    return key === undefined ? [] : [{ key, document }];
  });
  await writePassages(keyed, session);
  await writeMeans(keyed, session);
  return keyed;
}

function columnsOf(documents: ChangedDocument[]): unknown[] {
  const all = <Value>(of: (document: ChangedDocument) => Value): Value[] => documents.map(of);
  return [
    all(({ id }) => id),
    all(({ file }) => file),
    all(({ hash }) => hash),
    all(({ fields }) => fields.title),
    all(({ fields }) => fields.url),
    all(({ fields }) => fields.source),
    all(({ fields }) => fields.author),
    all(({ fields }) => fields.language),
    all(({ fields }) => fields.publishedAt),
    all(({ fields }) => {
      const ms = fields.publishedAt === null ? Number.NaN : Date.parse(fields.publishedAt);
      return Number.isNaN(ms) ? null : ms;
    }),
    all(({ fields }) => storableJson(fields.tags)),
    all(({ fields }) => storableJson(fields.metadata)),
    all(({ signature }) =>
      Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('hex'),
    ),
    all(({ signature }) => JSON.stringify(bandsOf(signature))),
  ];
}

async function writePassages(documents: KeyedDocument[], session: Session): Promise<void> {
  const passages = documents.flatMap(({ key, document: { text, passages: own, vectors } }) =>
    own.map(({ start, end, page, heading }, place) => ({
      key,
      start,
      text: text.slice(start, end),
      gap: text.slice(end, own[place + 1]?.start ?? text.length),
      page,
      heading,
      vector: vectors[place],
    })),
  );
  // Ids come from a sequence in the order in which the rows are given.
  const rows = await session.query<{ id: number; document: number; start: number }>(
    `INSERT INTO passages (document, start, text, gap, page, heading)
     SELECT document, start, text, gap, page, heading
     FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::text[]) WITH ORDINALITY
       AS given (document, start, text, gap, page, heading, place)
     ORDER BY place RETURNING id, document, start`,
    [
      passages.map(({ key }) => key),
      passages.map(({ start }) => start),
      passages.map(({ text }) => text),
      passages.map(({ gap }) => gap),
      passages.map(({ page }) => page),
      passages.map(({ heading }) => heading),
    ],
  );
  const idOf = new Map(rows.map(({ id, document, start }) => [`${document}/${start}`, id]));
  await session.copyIn(
    'vectors',
    ['passage', 'document', 'vector'],
    passages.flatMap(({ key, start, vector }) => {
      const id = idOf.get(`${key}/${start}`);
      return id === undefined || !vector ? [] : [[id, key, vectorText(vector)]];
    }),
  );
}

async function writeMeans(documents: KeyedDocument[], session: Session): Promise<void> {
  await session.copyIn(
    'document_vectors',
    ['document', 'vector'],
    documents.flatMap(({ key, document: { vectors } }) => {
      const mean = meanVector(vectors);
      return mean ? [[key, vectorText(mean)]] : [];
    }),
  );
}
