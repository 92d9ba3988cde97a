import type { ModelFingerprint } from '../embedding/embedder.js';
import type { ExportedDocument, IndexSource, IndexTarget } from '../migration/copy-index.js';
import type { StorableDocument } from '../storage/document-store.js';
import { toSignature } from '../storage/signature-blob.js';
import type { SiteCount } from '../storage/site-store.js';
import type { Document, ParsedDocument } from '../types.js';
import type { PostgresDatabase } from './database.js';
import { recordFile } from './finish-files.js';
import type { PostgresIndex } from './postgres-index.js';
import { PostgresSink } from './postgres-sink.js';
import { ROW } from './stored-documents.js';

type StoredRow = Omit<Document, 'text'> & {
  key: number;
  file: string | null;
  hash: string;
  signature: Buffer;
  site: string | null;
  marks: Pick<ParsedDocument, 'headings' | 'pages'> | null;
  text: string;
};

/** An index on a server, to be copied from or to. */
export class DatabaseCopy implements IndexSource, IndexTarget {
  readonly #database: PostgresDatabase;
  readonly #index: PostgresIndex;
  readonly #sink: PostgresSink;

  constructor(database: PostgresDatabase, index: PostgresIndex) {
    this.#database = database;
    this.#index = index;
    this.#sink = new PostgresSink(database);
  }

  get place(): string {
    return this.#index.place;
  }

  fingerprint(): Promise<string | null> {
    return this.#index.fingerprint();
  }

  counts(): Promise<{ documents: number; passages: number }> {
    return this.#index.documents.counts();
  }

  async documents(after: number, limit: number): Promise<ExportedDocument[]> {
    const rows = await this.#database.query<StoredRow>(
      `SELECT ${ROW}, file, hash, signature, site, marks,
         coalesce((SELECT string_agg(text || gap, '' ORDER BY passages.id) FROM passages WHERE document = key), '') AS text
       FROM documents WHERE key > $1 ORDER BY key LIMIT $2`,
      [after, limit],
    );
    const keys = rows.map(({ key }) => key);
    const passages = await this.#index.documents.passagesOf(keys);
    const vectors = await this.#index.vectors.held.of(keys);
    return rows.map(({ key, id, file, hash, signature, site, marks, text, ...fields }) => {
      const own = vectors.get(key);
      return {
        ...{ key, id, file, hash, text, fields },
        ...(site !== null && marks && { page: { site, ...marks } }),
        signature: toSignature(signature),
        passages: passages.get(key) ?? [],
        vectors: Array.from({ length: own?.size ?? 0 }, (_, place) => own?.at(place) ?? new Float32Array()),
      };
    });
  }

  async files(): Promise<Awaited<ReturnType<IndexSource['files']>>> {
    return this.#index.files.all();
  }

  sites(): Promise<SiteCount[]> {
    return this.#database.query<SiteCount>(
      'SELECT site, paragraph, pages, furniture FROM site_paragraphs ORDER BY site, paragraph',
    );
  }

  begin(fingerprint: string, dimensions: number): Promise<void> {
    return this.#index.recordFingerprint(fingerprint, dimensions);
  }

  async put(documents: StorableDocument[], model: ModelFingerprint): Promise<void> {
    await this.#sink.put(documents, { durable: false, model });
  }

  async end(...[files, sites]: Parameters<IndexTarget['end']>): Promise<void> {
    await this.#database.write(async (session) => {
      for (const { record, failures } of files) await recordFile(record, failures, session);
      await session.run('DELETE FROM site_paragraphs');
      await session.copyIn(
        'site_paragraphs',
        ['site', 'paragraph', 'pages', 'furniture'],
        sites.map(({ site, paragraph, pages, furniture }) => [site, paragraph, pages, furniture]),
      );
    });
    await this.#database.maintain((session) => session.run('ANALYZE'));
  }
}
