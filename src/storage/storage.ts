import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import { AkinError } from '../errors.js';
import { Compaction } from './compaction.js';
import { explainDamage } from './damage.js';
import { openDatabase } from './database.js';
import { DATABASE_FILE } from './database-file.js';
import { DocumentStore } from './document-store.js';
import { FileStore } from './file-store.js';
import { findVersions, type VersionSource } from './find-versions.js';
import { JobStore } from './job-store.js';
import { MapStore } from './map-store.js';
import { dropOldVectors, NextVectors } from './next-vectors.js';
import { removeOwner, writeOwner, writeOwnerKey } from './owner.js';
import { PhraseSearch } from './phrase-search.js';
import { SiteStore } from './site-store.js';
import type { Selection, StoredIndex } from './stored-index.js';
import { STORY_ROWS, type StoryRow } from './story-rows.js';
import { TermCountStore } from './term-count-store.js';
import { TermStore } from './term-store.js';
import { type UpgradeProgress, upgradeDocuments } from './upgrade-documents.js';
import { VectorStore } from './vector-store.js';
import { VersionStore } from './version-store.js';

export interface OpenStorageOptions {
  /** How long to wait for a process that holds the folder, in milliseconds. Default: a second */
  patienceMs?: number;
}

/** All that an index folder's database holds; the one place that opens it. */
export class Storage implements StoredIndex {
  readonly folder: string;
  readonly documents: DocumentStore;
  readonly versions: VersionStore;
  readonly sites: SiteStore;
  readonly vectors: VectorStore;
  readonly terms: TermStore;
  readonly termCounts: TermCountStore;
  readonly phrases: PhraseSearch;
  readonly jobs: JobStore;
  readonly files: FileStore;
  readonly map: MapStore;
  readonly compaction: Compaction;
  readonly #database: Database;
  readonly #changes: Statement;
  readonly #inode: bigint | null;

  private constructor(folder: string, database: Database) {
    this.folder = folder;
    this.#database = database;
    this.#inode = inodeOf(folder);
    this.#changes = database.prepare('SELECT total_changes()').pluck();
    this.versions = new VersionStore(database);
    this.sites = new SiteStore(database);
    this.termCounts = new TermCountStore(database);
    this.terms = new TermStore(database, this.termCounts);
    this.phrases = new PhraseSearch(database, this.terms);
    this.vectors = new VectorStore(database);
    this.documents = new DocumentStore(database, this);
    this.jobs = new JobStore(database);
    this.files = new FileStore(database);
    this.map = new MapStore(database);
    this.compaction = new Compaction(database, this.documents);
  }

  readonly database = 'sqlite';

  get place(): string {
    return this.folder;
  }

  /** @throws AkinError INDEX_LOCKED, INDEX_DAMAGED, INDEX_UNWRITABLE or INDEX_TOO_NEW */
  static open(folder: string, { patienceMs }: OpenStorageOptions = {}): Storage {
    const database = openDatabase(folder, patienceMs);
    let storage: Storage;
    try {
      storage = new Storage(folder, database);
    } catch (error) {
      database.close();
      throw explainDamage(error);
    }
    writeOwner(folder, { pid: process.pid, address: null });
    return storage;
  }

  /**
   * Tells other processes where this one answers.
   * @returns the key by which it knows the requests of its own user
   */
  announce(address: string): string {
    const key = writeOwnerKey(this.folder);
    writeOwner(this.folder, { pid: process.pid, address });
    return key;
  }

  /** Brings what an older Akin stored up to date; before it resolves, nothing else may be asked or written. */
  async upgrade(onProgress?: (progress: UpgradeProgress) => void): Promise<void> {
    await upgradeDocuments(this.#database, this, onProgress);
    // What a change of models left that a crash broke off.
    while (this.dropOldVectors()) await nextTurn();
  }

  /**
   * Runs several writes as one: all of them are stored when it returns, or none.
   *
   * @param durable wait until they are on the disk. Without, an end of the process takes nothing away, but a power cut may
   *   take the last transactions, to the last durable one: for work that is then done again. Default: true
   */
  transaction<Result>(write: () => Result, { durable = true }: { durable?: boolean } = {}): Result {
    // Within another one, that one says what holds.
    if (this.#database.inTransaction) return this.#database.transaction(write)();
    this.#checkFile();
    if (!durable) this.#database.pragma('synchronous = NORMAL');
    try {
      return this.#database.transaction(write)();
    } catch (error) {
      this.vectors.forgetAll();
      throw error;
    } finally {
      if (!durable) this.#database.pragma('synchronous = FULL');
    }
  }

  /** The fingerprint of the model that made the vectors, as it was recorded; null in an empty index. */
  fingerprint(): string | null {
    const value = this.#database.prepare("SELECT value FROM settings WHERE name = 'model'").pluck().get();
    return typeof value === 'string' ? value : null;
  }

  recordFingerprint(fingerprint: string): void {
    this.#database
      .prepare(
        "INSERT INTO settings (name, value) VALUES ('model', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      )
      .run(fingerprint);
  }

  /** Where the vectors of another model are made, beside those that serve. @param fingerprint of that model */
  nextVectors(fingerprint: string): NextVectors {
    return new NextVectors(this.#database, fingerprint);
  }

  /** Clears away a little of what a change of models left. @returns whether there is more */
  dropOldVectors(): boolean {
    return dropOldVectors(this.#database);
  }

  /** Whoever writes waits for its turn before, and `work` has no turns in it. */
  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  /** The keys of the documents that may be found; null for all. */
  among({ filter, phrases, excluded }: Selection): number[] | null {
    const passing = filter ? this.documents.keysMatching(filter) : null;
    if (phrases.length === 0 && excluded.length === 0) return passing;
    const having = this.phrases.documentsWith(phrases, excluded);
    if (!passing) return having;
    const allowed = new Set(passing);
    return having.filter((document) => allowed.has(document));
  }

  /** The documents that are versions of a text, by their keys. */
  async versionsOf(source: VersionSource): Promise<number[]> {
    await this.versions.prepare();
    return findVersions(source, this);
  }

  /** What of the newest documents tells which stories they are of. */
  storyRows(limit: number): StoryRow[] {
    return this.#database.prepare(STORY_ROWS).all(limit) as StoryRow[];
  }

  /** Rows written since the database was opened: while it stays, nothing stored has changed. */
  changes(): number {
    return Number(this.#changes.get());
  }

  /**
   * Copies the database into a file that is not there yet, as it is at the end of copying, in steps between which others
   * are served.
   */
  async copyTo(path: string): Promise<void> {
    await this.#database.backup(path);
  }

  /** In bytes. */
  size(): number {
    const pages = this.#database.pragma('page_count', { simple: true });
    return Number(pages) * Number(this.#database.pragma('page_size', { simple: true }));
  }

  /** What is written to a file that has no name any more is lost with this process. */
  #checkFile(): void {
    if (inodeOf(this.folder) === this.#inode) return;
    throw new AkinError(
      'INDEX_UNWRITABLE',
      `The index folder ${this.folder} is not the one that was opened: it was moved, removed or replaced. Put it back, and Akin goes on.`,
    );
  }

  close(): void {
    this.#database.close();
    removeOwner(this.folder);
  }
}

/** Which file the database is; null where there is none. */
function inodeOf(folder: string): bigint | null {
  return statSync(join(folder, DATABASE_FILE), { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}
