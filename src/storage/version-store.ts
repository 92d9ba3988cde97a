import type { Database } from 'better-sqlite3';
import { estimatedResemblance, SIGNATURE_LENGTH, type Signature } from '../documents/shingles.js';
import { Statements } from './statements.js';

/**
 * Signatures are looked up by two numbers in a row (locality-sensitive hashing): of two texts that share a part s of
 * their shingles, 1 − (1 − s²)³² are found, 0.99 at 0.37.
 */
const BAND_LENGTH = 2;
/** What is found so but shares less than this, by all numbers, was found by chance. */
const LEAST_RESEMBLANCE = 0.15;
const MOST_CANDIDATES = 32;

/** Which documents are versions of one story, and which may be: signatures and groups in SQLite. */
export class VersionStore {
  readonly #statements: Statements;

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** Whether a document's signature is known. */
  has(document: number): boolean {
    return (
      this.#statements.prepare('SELECT 1 FROM signatures WHERE document = ?').get(document) !== undefined
    );
  }

  /** The documents whose texts may be like one with this signature, the likest first. */
  candidates(signature: Signature): number[] {
    const rows = this.#statements
      .prepare(
        `SELECT document, signature FROM signatures WHERE document IN
           (SELECT document FROM signature_bands WHERE band IN (SELECT value FROM json_each(?)))`,
      )
      .all(JSON.stringify(bandsOf(signature))) as { document: number; signature: Buffer }[];
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
    const insert = this.#statements.prepare('INSERT INTO signature_bands (band, document) VALUES (?, ?)');
    for (const band of bandsOf(signature)) insert.run(band, document);
    if (versions.length > 0) this.#join([document, ...versions]);
  }

  /** Forgets a document's signature and takes it out of its group; one that is left alone has no group. */
  remove(document: number): void {
    const signature = this.#statements
      .prepare('SELECT signature FROM signatures WHERE document = ?')
      .pluck()
      .get(document) as Buffer | undefined;
    if (!signature) return;
    const forget = this.#statements.prepare('DELETE FROM signature_bands WHERE band = ? AND document = ?');
    for (const band of bandsOf(toSignature(signature))) forget.run(band, document);
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
    const group = Math.min(...documents, ...groups);
    this.#statements
      .prepare(
        `UPDATE documents SET version_group = ? WHERE key IN (SELECT value FROM json_each(?))
           OR version_group IN (SELECT value FROM json_each(?))`,
      )
      .run(group, JSON.stringify(documents), JSON.stringify(groups));
  }
}

/** Each pair of numbers, with its place, as one number of 53 bits. */
function bandsOf(signature: Signature): number[] {
  const bands = new Set<number>();
  for (let i = 0; i < SIGNATURE_LENGTH; i += BAND_LENGTH) {
    const [one = 0, other = 0] = signature.subarray(i, i + BAND_LENGTH);
    const low = (one ^ Math.imul(other, 0x9e3779b1)) >>> 0;
    const high = (Math.imul(one, 0x85ebca6b) ^ other ^ Math.imul(i + 1, 0xc2b2ae35)) >>> 11;
    bands.add(high * 2 ** 32 + low);
  }
  return [...bands];
}

function toSignature(blob: Buffer): Signature {
  // A copy: SQLite's buffers need not lie at a multiple of four.
  return new Uint32Array(new Uint8Array(blob).buffer);
}
