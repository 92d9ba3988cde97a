import type { Database, Statement } from 'better-sqlite3';
import type { Signature } from '../documents/shingles.js';
import type { Filter } from '../filter.js';
import type { Document, DocumentFields, ParsedDocument, Passage, StoredPassage } from '../types.js';
import { filterToSql } from './filter-sql.js';
import type { SitePage, SiteStore } from './site-store.js';
import { Statements } from './statements.js';
import type { TermCounts } from './term-counts.js';
import type { TermStore } from './term-store.js';
import type { VectorStore } from './vector-store.js';
import type { VersionStore } from './version-store.js';

/** A document as it is written: its passages in order, each with its vector. */
export interface NewDocument {
  id: string;
  /** The path of the file it was read from; null for one that came as JSON. */
  file: string | null;
  fields: DocumentFields;
  text: string;
  hash: string;
  page?: SitePage;
  passages: (Pick<Passage, 'start' | 'end' | 'page' | 'heading'> & { vector: Float32Array })[];
}

/** A document as it is stored, with what its versions are found by. */
export interface StorableDocument extends Omit<NewDocument, 'passages'> {
  signature: Signature;
  passages: Pick<Passage, 'start' | 'end' | 'page' | 'heading'>[];
  /** One for each passage; null where the document is taken to be stored as it is. */
  vectors: Float32Array[] | null;
}

/** What a write changed, by which the vector index and the keyword index follow. */
export interface StoredChange {
  /** The key of the document. */
  key: number;
  status: 'created' | 'updated' | 'unchanged' | 'removed';
  added: { id: number; vector: Float32Array }[];
  removed: number[];
  /** The document's terms as they are now, and as they were; null where it is not there. */
  terms: { now: TermCounts | null; before: TermCounts | null };
}

/** A document without its text, as an answer shows it, with the key that the tables know it by. */
export interface DocumentRow extends DocumentFields {
  key: number;
  id: string;
}

/** What of a document is counted: the values of its fields, and when it was published. */
export interface FacetRow
  extends Pick<DocumentFields, 'source' | 'author' | 'language' | 'tags' | 'publishedAt'> {
  key: number;
  publishedMs: number | null;
}

/** What else is written with a document. */
export interface DocumentFollowers {
  versions: VersionStore;
  sites: SiteStore;
  terms: TermStore;
  vectors: VectorStore;
}

interface RawDocumentRow extends Omit<DocumentRow, 'tags' | 'metadata' | 'publishedAt'> {
  published_at: string | null;
  tags: string;
  metadata: string;
}

const ROW = 'key, id, title, url, source, author, published_at, language, tags, metadata';

/** Documents and passages in SQLite. Each method is one transaction, or part of its caller's. */
export class DocumentStore {
  readonly #database: Database;
  readonly #versions: VersionStore;
  readonly #sites: SiteStore;
  readonly #terms: TermStore;
  readonly #vectors: VectorStore;
  readonly #statements: Statements;

  constructor(database: Database, { versions, sites, terms, vectors }: DocumentFollowers) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#versions = versions;
    this.#sites = sites;
    this.#terms = terms;
    this.#vectors = vectors;
  }

  /** Writes a document in place of the one with its id; one with the same hash is left as it is. */
  put(document: NewDocument): StoredChange {
    return this.#database.transaction((): StoredChange => {
      const present = this.#prepare('SELECT key, hash FROM documents WHERE id = ?').get(document.id) as
        | { key: number; hash: string }
        | undefined;
      if (present?.hash === document.hash) {
        const terms = { now: null, before: null };
        return { key: present.key, status: 'unchanged', added: [], removed: [], terms };
      }
      const { removed, before } = present ? this.#clear(present.key) : { removed: [], before: null };
      const key = this.#writeRow(document, present?.key ?? null);
      this.#sites.add(key, document);
      const now = this.#terms.add(key, { ...document.fields, text: document.text });
      const added = this.#writePassages(key, document);
      this.#vectors.putMean(key);
      return { key, status: present ? 'updated' : 'created', added, removed, terms: { now, before } };
    })();
  }

  /** Removes a document; null where there is none. */
  remove(id: string): StoredChange | null {
    return this.#database.transaction((): StoredChange | null => {
      const key = this.#prepare('SELECT key FROM documents WHERE id = ?').pluck().get(id) as
        | number
        | undefined;
      if (key === undefined) return null;
      const { removed, before } = this.#clear(key);
      // Its file is read again the next time, as if it had changed.
      this.#prepare('DELETE FROM files WHERE path = (SELECT file FROM documents WHERE key = ?)').run(key);
      this.#prepare('DELETE FROM documents WHERE key = ?').run(key);
      return { key, status: 'removed', added: [], removed, terms: { now: null, before } };
    })();
  }

  /** The hash of each of these documents that is there, and the file it is from. */
  present(ids: string[]): Map<string, { hash: string; file: string | null }> {
    const rows = this.#prepare(
      'SELECT id, hash, file FROM documents WHERE id IN (SELECT value FROM json_each(?))',
    ).all(JSON.stringify(ids)) as { id: string; hash: string; file: string | null }[];
    return new Map(rows.map(({ id, ...rest }) => [id, rest]));
  }

  idsOfFile(file: string): string[] {
    return this.#prepare('SELECT id FROM documents WHERE file = ? ORDER BY key')
      .pluck()
      .all(file) as string[];
  }

  /**
   * Lets the documents of a file go by its new path, their passages as they are. Ids that are made from the path
   * (`path`, `path#2`, `path/part`) follow it.
   */
  moveFile(from: string, to: string): void {
    this.#prepare(
      `UPDATE documents SET file = ?,
         id = CASE WHEN id = ? OR substr(id, 1, length(?) + 1) IN (? || '#', ? || '/') THEN ? || substr(id, length(?) + 1) ELSE id END
       WHERE file = ?`,
    ).run(to, from, from, from, from, to, from, from);
  }

  get(id: string): (Document & { key: number }) | null {
    const row = this.#prepare(`SELECT ${ROW} FROM documents WHERE id = ?`).get(id) as
      | RawDocumentRow
      | undefined;
    if (!row) return null;
    return { ...toDocumentRow(row), text: this.textOf(row.key) };
  }

  /** The key of a document; null where there is none. */
  keyOf(id: string): number | null {
    const key = this.#prepare('SELECT key FROM documents WHERE id = ?').pluck().get(id);
    return typeof key === 'number' ? key : null;
  }

  /** The document at one of these addresses, the first that came. */
  idOfUrl(urls: string[]): string | null {
    const id = this.#prepare(
      'SELECT id FROM documents WHERE url IN (SELECT value FROM json_each(?)) ORDER BY key LIMIT 1',
    )
      .pluck()
      .get(JSON.stringify(urls));
    return typeof id === 'string' ? id : null;
  }

  /** The document with this title, if there is but one or all are versions of one story. */
  idOfTitle(title: string): string | null {
    const rows = this.#prepare(
      'SELECT id, coalesce(version_group, key) AS story FROM documents WHERE title = ? ORDER BY key LIMIT 50',
    ).all(title) as { id: string; story: number }[];
    const isOne = new Set(rows.map(({ story }) => story)).size === 1;
    return isOne ? (rows[0]?.id ?? null) : null;
  }

  textOf(key: number): string {
    return this.#prepare(
      "SELECT coalesce(group_concat(text || gap, ''), '') FROM (SELECT text, gap FROM passages WHERE document = ? ORDER BY id)",
    )
      .pluck()
      .get(key) as string;
  }

  rows(keys: number[]): Map<number, DocumentRow> {
    const rows = this.#prepare(
      `SELECT ${ROW} FROM documents WHERE key IN (SELECT value FROM json_each(?))`,
    ).all(JSON.stringify(keys)) as RawDocumentRow[];
    return new Map(rows.map((row) => [row.key, toDocumentRow(row)]));
  }

  /** Documents in the order in which they first came, after the one with the key `after`. */
  list({ limit, after = 0, filter }: { limit: number; after?: number; filter?: Filter }): DocumentRow[] {
    const { sql, parameters } = filter ? filterToSql(filter) : { sql: '1', parameters: [] };
    const rows = this.#prepare(
      `SELECT ${ROW} FROM documents WHERE key > ? AND (${sql}) ORDER BY key LIMIT ?`,
    ).all(after, ...parameters, limit) as RawDocumentRow[];
    return rows.map(toDocumentRow);
  }

  /** What is counted of the documents after the one with the key `after`, in the order in which they first came. */
  facetRows({ limit, after, filter }: { limit: number; after: number; filter?: Filter }): FacetRow[] {
    const { sql, parameters } = filter ? filterToSql(filter) : { sql: '1', parameters: [] };
    const rows = this.#prepare(
      `SELECT key, source, author, language, tags, published_at AS publishedAt, published_ms AS publishedMs
       FROM documents WHERE key > ? AND (${sql}) ORDER BY key LIMIT ?`,
    ).all(after, ...parameters, limit) as (Omit<FacetRow, 'tags'> & { tags: string })[];
    return rows.map((row) => ({ ...row, tags: JSON.parse(row.tags) }));
  }

  /** A web page as it was parsed, or as it was left; null for a document that is none. */
  page(key: number): { id: string; file: string | null; parsed: ParsedDocument } | null {
    const row = this.#prepare(`SELECT ${ROW}, file, site, marks FROM documents WHERE key = ?`).get(key) as
      | (RawDocumentRow & { file: string | null; site: string | null; marks: string | null })
      | undefined;
    if (!row || row.site === null || row.marks === null) return null;
    const { file, site, marks, ...raw } = row;
    const { key: _key, id, ...fields } = toDocumentRow(raw);
    return { id, file, parsed: { ...fields, site, text: this.textOf(key), ...JSON.parse(marks) } };
  }

  /** The ids of all documents that a filter lets through. */
  idsMatching(filter: Filter): string[] {
    const { sql, parameters } = filterToSql(filter);
    return this.#prepare(`SELECT id FROM documents WHERE ${sql} ORDER BY key`)
      .pluck()
      .all(...parameters) as string[];
  }

  /** Documents as they are stored but for their texts and passages, after the one with the key `after`. */
  stored(after: number, limit: number): (Omit<NewDocument, 'text' | 'passages'> & { key: number })[] {
    const rows = this.#prepare(
      `SELECT ${ROW}, file, hash, site, marks FROM documents WHERE key > ? ORDER BY key LIMIT ?`,
    ).all(after, limit) as (RawDocumentRow &
      Pick<NewDocument, 'file' | 'hash'> & { site: string | null; marks: string | null })[];
    return rows.map(({ file, hash, site, marks, ...raw }) => {
      const { key, id, ...fields } = toDocumentRow(raw);
      const page = site === null || marks === null ? null : { site, ...JSON.parse(marks) };
      return { key, id, file, hash, fields, ...(page && { page }) };
    });
  }

  /** The keys of all documents that a filter lets through. */
  keysMatching(filter: Filter): number[] {
    const { sql, parameters } = filterToSql(filter);
    return this.#prepare(`SELECT key FROM documents WHERE ${sql}`)
      .pluck()
      .all(...parameters) as number[];
  }

  /** Those of these documents, by their ids, that a filter lets through. */
  passing(ids: string[], filter: Filter): Set<string> {
    const { sql, parameters } = filterToSql(filter);
    const passing = this.#prepare(
      `SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?)) AND (${sql})`,
    )
      .pluck()
      .all(JSON.stringify(ids), ...parameters) as string[];
    return new Set(passing);
  }

  /** The passages of a document in their order. */
  passages(key: number): StoredPassage[] {
    const rows = this.#prepare(
      'SELECT id, text, start, page, heading FROM passages WHERE document = ? ORDER BY id',
    ).all(key) as Omit<StoredPassage, 'end'>[];
    return rows.map((row) => ({ ...row, end: row.start + row.text.length }));
  }

  /** The passages of each of these documents in their order. */
  passagesOf(keys: number[]): Map<number, StoredPassage[]> {
    return new Map(keys.map((key) => [key, this.passages(key)]));
  }

  /** These passages by their ids; those that are gone are left out. */
  passagesById(ids: number[]): Map<number, StoredPassage> {
    const rows = this.#prepare(
      'SELECT id, text, start, page, heading FROM passages WHERE id IN (SELECT value FROM json_each(?))',
    ).all(JSON.stringify(ids)) as Omit<StoredPassage, 'end'>[];
    return new Map(rows.map((row) => [row.id, { ...row, end: row.start + row.text.length }]));
  }

  counts(): { documents: number; passages: number } {
    return this.#prepare(
      'SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM passages) AS passages',
    ).get() as { documents: number; passages: number };
  }

  /** What a filter lets through; the bytes are those of the texts. */
  countsMatching(filter: Filter): { documents: number; passages: number; bytes: number } {
    const { sql, parameters } = filterToSql(filter);
    return this.#prepare(
      `SELECT count(DISTINCT documents.key) AS documents, count(passages.id) AS passages,
         coalesce(sum(length(CAST(passages.text AS BLOB))), 0) AS bytes
       FROM documents LEFT JOIN passages ON passages.document = documents.key WHERE ${sql}`,
    ).get(...parameters) as { documents: number; passages: number; bytes: number };
  }

  #clear(key: number): { removed: number[]; before: TermCounts | null } {
    this.#versions.remove(key);
    const row = this.rows([key]).get(key);
    const before = row ? this.#terms.remove(key, { ...row, text: this.textOf(key) }) : null;
    const page = this.page(key);
    if (page) this.#sites.remove(page.parsed);
    const removed = this.#prepare('SELECT id FROM passages WHERE document = ?').pluck().all(key) as number[];
    this.#vectors.forget(key, removed);
    this.#prepare('INSERT INTO removed_passages (passage) SELECT id FROM passages WHERE document = ?').run(
      key,
    );
    this.#prepare('DELETE FROM passages WHERE document = ?').run(key);
    this.#prepare('DELETE FROM document_vectors WHERE document = ?').run(key);
    return { removed, before };
  }

  #writeRow({ id, file, hash, fields }: NewDocument, key: number | null): number {
    const publishedMs = fields.publishedAt === null ? Number.NaN : Date.parse(fields.publishedAt);
    const result = this.#prepare(
      `INSERT INTO documents (key, id, file, hash, title, url, source, author, language, published_at, published_ms, tags, metadata)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET file = excluded.file, hash = excluded.hash, title = excluded.title,
         url = excluded.url, source = excluded.source, author = excluded.author, language = excluded.language,
         published_at = excluded.published_at, published_ms = excluded.published_ms, tags = excluded.tags,
         metadata = excluded.metadata`,
    ).run(
      key,
      id,
      file,
      hash,
      fields.title,
      fields.url,
      fields.source,
      fields.author,
      fields.language,
      fields.publishedAt,
      Number.isNaN(publishedMs) ? null : publishedMs,
      JSON.stringify(fields.tags),
      JSON.stringify(fields.metadata),
    );
    return key ?? Number(result.lastInsertRowid);
  }

  #writePassages(key: number, { text, passages }: NewDocument): StoredChange['added'] {
    const insertPassage = this.#prepare(
      'INSERT INTO passages (document, start, text, gap, page, heading) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const insertVector = this.#prepare('INSERT INTO vectors (passage, vector) VALUES (?, ?)');
    return passages.map(({ start, end, page, heading, vector }, index) => {
      const gap = text.slice(end, passages[index + 1]?.start ?? text.length);
      const row = insertPassage.run(key, start, text.slice(start, end), gap, page, heading);
      const id = Number(row.lastInsertRowid);
      insertVector.run(id, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
      return { id, vector };
    });
  }

  #prepare(sql: string): Statement<unknown[]> {
    return this.#statements.prepare(sql);
  }
}

function toDocumentRow({ published_at, tags, metadata, ...row }: RawDocumentRow): DocumentRow {
  return { ...row, publishedAt: published_at, tags: JSON.parse(tags), metadata: JSON.parse(metadata) };
}
