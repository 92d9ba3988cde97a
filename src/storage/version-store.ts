import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { estimatedResemblance, type Signature } from '../documents/shingles.js';
import { toSignature } from './signature-blob.js';
import { SignatureTable } from './signature-table.js';
import { Statements } from './statements.js';

/** Signatures that meet but share less than this, by all numbers, met by chance. */
export const LEAST_RESEMBLANCE = 0.15;
/** So many of the likest are compared. */
export const MOST_CANDIDATES = 32;
const READ_AT_ONCE = 1_024;

/** Which documents are versions of one story, and which may be: signatures and groups in SQLite. */
export class VersionStore {
  readonly #statements: Statements;
  /** By which signatures are looked up; made with the first use, since only writing needs it. */
  #table: SignatureTable | null = null;
  #making: Promise<void> | null = null;

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** Null where it is not known. */
  signatureOf(document: number): Signature | null {
    const blob = this.#statements
      .prepare('SELECT signature FROM signatures WHERE document = ?')
      .pluck()
      .get(document) as Buffer | undefined;
    return blob ? toSignature(blob) : null;
  }

  /** Whether a document's signature is known. */
  has(document: number): boolean {
    return (
      this.#statements.prepare('SELECT 1 FROM signatures WHERE document = ?').get(document) !== undefined
    );
  }

  /** Makes what `candidates` looks up, in slices between which others are served. Nothing may be written meanwhile. */
  prepare(): Promise<void> {
    this.#making ??= this.#make();
    return this.#making;
  }

  async #make(): Promise<void> {
    const table = new SignatureTable();
    const read = this.#statements
      .prepare('SELECT document, signature FROM signatures WHERE document > ? ORDER BY document LIMIT ?')
      .raw();
    for (let last = 0; ; ) {
      const rows = read.all(last, READ_AT_ONCE) as [number, Buffer][];
      for (const [document, signature] of rows) table.add(document, toSignature(signature));
      last = rows.at(-1)?.[0] ?? last;
      if (rows.length < READ_AT_ONCE) break;
      await nextTurn();
    }
    this.#table = table;
  }

  /** The documents whose texts may be like one with this signature, the likest first. `prepare` comes before. */
  candidates(signature: Signature): number[] {
    if (!this.#table) throw new Error('The signatures are not prepared.');
    const rows = this.#statements
      .prepare(
        'SELECT document, signature FROM signatures WHERE document IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify([...this.#table.proposed(signature)])) as { document: number; signature: Buffer }[];
    return rows
      .map((row) => ({
        document: row.document,
        likeness: estimatedResemblance(signature, toSignature(row.signature)),
      }))
      .filter(({ likeness }) => likeness >= LEAST_RESEMBLANCE)
      .sort((a, b) => b.likeness - a.likeness || a.document - b.document)
      .slice(0, MOST_CANDIDATES)
      .map(({ document }) => document);
  }

  /** Keeps a document's signature and joins it, and their groups, with its versions. */
  add(document: number, signature: Signature, versions: number[]): void {
    const blob = Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength);
    this.#statements
      .prepare('INSERT INTO signatures (document, signature) VALUES (?, ?)')
      .run(document, blob);
    this.#table?.add(document, signature);
    if (versions.length > 0) this.#join([document, ...versions]);
  }

  /** Forgets a document's signature and takes it out of its group; one that is left alone has no group. */
  remove(document: number): void {
    this.#statements.prepare('DELETE FROM signatures WHERE document = ?').run(document);
    const group = this.#groupOf(document);
    if (group === null) return;
    this.#statements.prepare('UPDATE documents SET version_group = NULL WHERE key = ?').run(document);
    this.#statements
      .prepare(
        `UPDATE documents SET version_group = NULL WHERE version_group = ?
           AND (SELECT count(*) FROM documents WHERE version_group = ?) = 1`,
      )
      .run(group, group);
  }

  /** A document and its versions, the newest first: by date of publication, then by arrival. */
  groupOf(document: number): number[] {
    const group = this.#groupOf(document);
    return group === null ? [document] : this.#membersOf(group);
  }

  /** The groups of those of these documents that have other versions, as `groupOf` gives them. */
  groupsOf(documents: number[]): Map<number, number[]> {
    const rows = this.#statements
      .prepare(
        `SELECT key, version_group FROM documents
         WHERE key IN (SELECT value FROM json_each(?)) AND version_group IS NOT NULL`,
      )
      .raw()
      .all(JSON.stringify(documents)) as [number, number][];
    const groups = new Map<number, number[]>();
    return new Map(
      rows.map(([document, group]) => {
        const members = groups.get(group) ?? this.#membersOf(group);
        groups.set(group, members);
        return [document, members];
      }),
    );
  }

  #membersOf(group: number): number[] {
    return this.#statements
      .prepare(
        'SELECT key FROM documents WHERE version_group = ? ORDER BY published_ms DESC NULLS LAST, key DESC',
      )
      .pluck()
      .all(group) as number[];
  }

  #groupOf(document: number): number | null {
    const group = this.#statements
      .prepare('SELECT version_group FROM documents WHERE key = ?')
      .pluck()
      .get(document);
    return typeof group === 'number' ? group : null;
  }

  /** A group's number is the least key that it ever had, whatever the order in which its documents came. */
  #join(documents: number[]): void {
    const groups = documents.flatMap((document) => this.#groupOf(document) ?? []);
    const group = [...documents, ...groups].reduce(
      (least, key) => Math.min(least, key),
      Number.POSITIVE_INFINITY,
    );
    this.#statements
      .prepare(
        `UPDATE documents SET version_group = ? WHERE key IN (SELECT value FROM json_each(?))
           OR version_group IN (SELECT value FROM json_each(?))`,
      )
      .run(group, JSON.stringify(documents), JSON.stringify(groups));
  }
}
