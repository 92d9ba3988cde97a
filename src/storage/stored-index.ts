import type { Filter } from '../filter.js';
import type { Document, Failure, ParsedDocument, StoredPassage } from '../types.js';
import type { DocumentRow, FacetRow } from './document-store.js';
import type { FileRecord } from './file-store.js';
import type { VersionSource } from './find-versions.js';
import type { MapRow, MapVector } from './map-store.js';
import type { SoughtTerm } from './match-terms.js';
import type { PassageVectors } from './passage-vectors.js';
import type { StoryRow } from './story-rows.js';
import type { KnownWord } from './term-store.js';

/** What one implementation has at once, and another waits for. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Which documents a search may find. */
export interface Selection {
  filter?: Filter | undefined;
  /** What a document must have, word for word. */
  phrases: string[];
  /** What it must not have. */
  excluded: string[];
}

/**
 * The documents that may be found, as the index that was asked knows them: the keys, or a condition on the rows of
 * `documents`. An index is given only what it gave.
 */
export type Among = number[] | { sql: string; parameters: unknown[] };

/**
 * What is stored of an index, to be read: one folder's SQLite database, or a PostgreSQL server's. Documents go by the
 * key that their row has.
 */
export interface StoredIndex {
  readonly database: 'sqlite' | 'postgresql';
  /** Where it is stored, for messages: a folder, or a database without its password. */
  readonly place: string;
  readonly documents: StoredDocuments;
  readonly versions: StoredVersions;
  readonly vectors: StoredVectors;
  readonly terms: StoredTerms;
  readonly sites: StoredSites;
  readonly files: StoredFiles;
  readonly map: StoredMap;
  /** All that is read within `work` is of one moment, as long as it waits for nothing but what is stored. */
  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Null where all documents may be found. */
  among(selection: Selection): Awaitable<Among | null>;
  /** The documents that are versions of a text, by their keys. */
  versionsOf(source: VersionSource): Awaitable<number[]>;
  /** What of the newest documents tells which stories they are of. */
  storyRows(limit: number): Awaitable<StoryRow[]>;
  /** The fingerprint of the model that made the vectors, as it was recorded; null in an empty index. */
  fingerprint(): Awaitable<string | null>;
  /** Notes which model makes the vectors, of an index that has none. */
  recordFingerprint(fingerprint: string, dimensions: number): Awaitable<void>;
  /** While it stays, nothing stored has changed. */
  changes(): number;
  /** In bytes. */
  size(): Awaitable<number>;
}

export interface StoredDocuments {
  get(id: string): Awaitable<(Document & { key: number }) | null>;
  /** Null where there is none. */
  keyOf(id: string): Awaitable<number | null>;
  /** Without the texts; those that are gone are left out. */
  rows(keys: number[]): Awaitable<Map<number, DocumentRow>>;
  /** The hash of each of these documents that is there, and the file it is from. */
  present(ids: string[]): Awaitable<Map<string, { hash: string; file: string | null }>>;
  idsOfFile(file: string): Awaitable<string[]>;
  /** The document at one of these addresses, the first that came. */
  idOfUrl(urls: string[]): Awaitable<string | null>;
  /** The document with this title, if there is but one or all are versions of one story. */
  idOfTitle(title: string): Awaitable<string | null>;
  /** A web page as it was parsed, or as it was left; null for a document that is none. */
  page(key: number): Awaitable<{ id: string; file: string | null; parsed: ParsedDocument } | null>;
  /** Documents in the order in which they first came, after the one with the key `after`. */
  list(options: { limit: number; after?: number; filter?: Filter }): Awaitable<DocumentRow[]>;
  /** What is counted of the documents after the one with the key `after`, in the order in which they first came. */
  facetRows(options: { limit: number; after: number; filter?: Filter }): Awaitable<FacetRow[]>;
  /** Those of these documents, by their ids, that a filter lets through. */
  passing(ids: string[], filter: Filter): Awaitable<Set<string>>;
  /** The ids of all documents that a filter lets through. */
  idsMatching(filter: Filter): Awaitable<string[]>;
  /** The passages of each of these documents in their order; one that is gone has none. */
  passagesOf(keys: number[]): Awaitable<Map<number, StoredPassage[]>>;
  /** These passages by their ids; those that are gone are left out. */
  passagesById(ids: number[]): Awaitable<Map<number, StoredPassage>>;
  counts(): Awaitable<{ documents: number; passages: number }>;
  /** What a filter lets through; the bytes are those of the texts. */
  countsMatching(filter: Filter): Awaitable<{ documents: number; passages: number; bytes: number }>;
}

export interface StoredVersions {
  /** A document and its versions, the newest first: by date of publication, then by arrival. */
  groupOf(document: number): Awaitable<number[]>;
  /** The groups of those of these documents that have other versions, as `groupOf` gives them. */
  groupsOf(documents: number[]): Awaitable<Map<number, number[]>>;
}

/** Nobody may change what it gives. */
export interface StoredVectors {
  readonly held: {
    /** The vectors of each of these documents; one without passages is left out. */
    of(documents: Iterable<number>): Awaitable<Map<number, PassageVectors>>;
    /** The mean of the passages' vectors of each of these documents, of length 1. */
    means(documents: Iterable<number>): Awaitable<Map<number, Float32Array>>;
    /** The cosine of the best passage of each of these documents to a unit vector. */
    bestCosines(vector: Float32Array, documents: Iterable<number>): Awaitable<Map<number, number>>;
    /** The cosine of the mean of each of these documents to a unit vector. */
    meanCosines(vector: Float32Array, documents: Iterable<number>): Awaitable<Map<number, number>>;
  };
  count(): Awaitable<number>;
  /** Vectors in the order of their passages' ids, after `after`; `limit` at most. */
  after(after: number, limit: number): Awaitable<{ id: number; vector: Float32Array }[]>;
}

/** The words of all documents. */
export interface StoredTerms {
  /** The terms that each of these words may go by in this index. */
  termsOfWords(words: string[]): Awaitable<SoughtTerm[][]>;
  /** Whether a document has one of these terms. */
  hasAny(terms: SoughtTerm[]): Awaitable<boolean>;
  /** Words of documents that begin with a text, those in most documents first, as far as powers of two tell. */
  wordsFrom(beginning: string, limit: number): Awaitable<KnownWord[]>;
}

export interface StoredSites {
  /** Those of the paragraphs, by their hashes, that are the site's furniture. */
  furniture(site: string, paragraphs: number[]): Awaitable<Set<number>>;
  /** Takes for furniture what has come to stand on many pages; gives the sites whose pages may still have some. */
  learn(): Awaitable<string[]>;
  /** The keys of a site's pages after a key. */
  pages(site: string, after: number, limit: number): Awaitable<number[]>;
  /** Notes that no page of the site has its furniture any more. */
  tidied(site: string): Awaitable<void>;
}

export interface StoredFiles {
  get(path: string): Awaitable<FileRecord | null>;
  /** The file that a document is from; null for one that came as JSON. */
  ofDocument(key: number): Awaitable<FileRecord | null>;
  /** The files that came from these folders, or were named alone. */
  ofRoots(roots: string[]): Awaitable<FileRecord[]>;
  /** The files of folders of which something could not be taken. */
  failed(): Awaitable<FileRecord[]>;
  failures(path: string): Awaitable<Failure[]>;
  /** What could not be taken of the files of these folders, by path. */
  failuresOfRoots(roots: string[]): Awaitable<Map<string, Failure[]>>;
}

/** What the map needs of all documents, a portion at a time, in the order of their ids. */
export interface StoredMap {
  states(after: string, limit: number): Awaitable<{ id: string; key: number; lastPassage: number | null }[]>;
  vectors(after: string, limit: number): Awaitable<MapVector[]>;
  rows(after: string, limit: number, filter: Filter | null): Awaitable<MapRow[]>;
}
