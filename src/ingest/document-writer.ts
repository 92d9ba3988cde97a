import type { PreparedDocument } from '../documents/prepare.js';
import type { Embedder, ModelFingerprint } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { KeywordIndex } from '../keyword-index/keyword-index.js';
import { letOthersPass } from '../precedence.js';
import type { NewDocument, StoredChange } from '../storage/document-store.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import { findVersions } from './find-versions.js';
import type { SiteFurniture } from './site-furniture.js';

/** Documents of one transaction at the most. */
const DOCUMENTS_AT_ONCE = 16;
/** How long a transaction may hold the event loop; it holds one document at the least, and the commit comes on top. */
const TRANSACTION_MS = 4;

/** A document with the id it goes by in the index. */
export interface IdentifiedDocument extends PreparedDocument {
  id: string;
  /** The path of the file it was read from; null for one that came as JSON. */
  file: string | null;
}

type Vectors = Map<IdentifiedDocument, Float32Array[]>;

/** What became of a document. */
export interface WrittenDocument {
  id: string;
  status: 'created' | 'updated' | 'unchanged';
  passages: number;
}

/** Documents as they are stored, with the vectors of those that are new or have changed. */
export interface EmbeddedDocuments {
  documents: IdentifiedDocument[];
  vectors: Vectors;
  /** Of the model that made them. */
  model: ModelFingerprint;
}

export interface WriteOptions {
  /**
   * Somebody waits: embed before bulk work, and be on the disk at the end. What is not urgent belongs to a job, which
   * after a power cut goes on from where the disk is. Default: false
   */
  urgent?: boolean;
  /**
   * Called in the transaction that stored these documents, so that it can note how far it came; gives what
   * else it removed.
   */
  onStored?: (written: WrittenDocument[]) => StoredChange[];
}

/** What documents are written to. */
export interface WriterParts {
  storage: Storage;
  embedder: Embedder;
  index: VectorIndex;
  keywords: KeywordIndex;
  furniture: SiteFurniture;
}

/** Brings documents into the index: embeds what has changed, stores it, and lets both indexes in memory follow. */
export class DocumentWriter {
  readonly #storage: Storage;
  readonly #embedder: Embedder;
  readonly #index: VectorIndex;
  readonly #keywords: KeywordIndex;
  readonly #furniture: SiteFurniture;
  /** Passages, since the start. */
  embedded = 0;

  constructor({ storage, embedder, index, keywords, furniture }: WriterParts) {
    this.#storage = storage;
    this.#embedder = embedder;
    this.#index = index;
    this.#keywords = keywords;
    this.#furniture = furniture;
  }

  /** Resolves when all of them are stored and found by searches; in the given order. */
  async write(given: IdentifiedDocument[], options: WriteOptions = {}): Promise<WrittenDocument[]> {
    return this.store(await this.embed(given, options), options);
  }

  /** The first half of `write`: embeds what is new or has changed. It may go on while others are stored. */
  async embed(
    given: IdentifiedDocument[],
    { urgent = false }: Pick<WriteOptions, 'urgent'> = {},
  ): Promise<EmbeddedDocuments> {
    const documents = await this.#furniture.without(given);
    const vectors: Vectors = new Map();
    const model = this.#embedder.fingerprint;
    await this.#embed(this.#missing(documents, vectors), vectors, urgent);
    return { documents, vectors, model };
  }

  /** The second half: resolves when all of them are stored and found by searches; in the given order. */
  async store(
    { documents, vectors, model: embeddedWith }: EmbeddedDocuments,
    { urgent = false, onStored }: WriteOptions = {},
  ): Promise<WrittenDocument[]> {
    await this.#storage.versions.prepare();
    const written: WrittenDocument[] = [];
    let model = embeddedWith;
    let indexed: Promise<void> = Promise.resolve();
    while (written.length < documents.length) {
      const slice = documents.slice(written.length, written.length + DOCUMENTS_AT_ONCE);
      // What was unchanged may have been replaced by another writer while this one was embedding, and the model too.
      for (;;) {
        if (model !== this.#embedder.fingerprint) vectors.clear();
        model = this.#embedder.fingerprint;
        const missing = this.#missing(slice, vectors);
        if (missing.length === 0) break;
        await this.#embed(missing, vectors, urgent);
      }
      // The last ones take those before them to the disk.
      const durable = urgent && documents.length - written.length <= DOCUMENTS_AT_ONCE;
      const changes: StoredChange[] = [];
      this.#storage.transaction(
        () => {
          const stored = this.#putSome(slice, vectors, changes);
          changes.push(...(onStored?.(stored) ?? []));
          written.push(...stored);
        },
        { durable },
      );
      indexed = this.apply(changes);
      await letOthersPass();
    }
    await indexed;
    return written;
  }

  /** Puts the first of these documents, as many as there is time for. @param changes gets what that changes */
  #putSome(documents: IdentifiedDocument[], vectors: Vectors, changes: StoredChange[]): WrittenDocument[] {
    const end = performance.now() + TRANSACTION_MS;
    const stored: WrittenDocument[] = [];
    for (const document of documents) {
      const change = this.#storage.documents.put(toNewDocument(document, vectors));
      changes.push(change);
      this.#link(document, change);
      stored.push({ id: document.id, status: statusOf(change), passages: document.passages.length });
      if (performance.now() >= end) break;
    }
    return stored;
  }

  /** Lets both indexes in memory follow changes that are stored; resolves when searches see them. */
  apply(changes: StoredChange[]): Promise<void> {
    this.#keywords.apply(changes);
    return this.#index.apply(
      changes.flatMap(({ added }) => added),
      changes.flatMap(({ removed }) => removed),
    );
  }

  /** Removes documents; gives the ids of those that were there. */
  async remove(ids: string[]): Promise<string[]> {
    const gone: string[] = [];
    const changes: StoredChange[] = [];
    this.#storage.transaction(() => {
      for (const id of ids) {
        const change = this.#storage.documents.remove(id);
        if (!change) continue;
        gone.push(id);
        changes.push(change);
      }
    });
    await this.apply(changes);
    return gone;
  }

  /** Finds the versions of a document that is new, changed, or was stored before versions were known. */
  #link({ text, signature }: IdentifiedDocument, { key, status, added }: StoredChange): void {
    const { versions, vectors } = this.#storage;
    if (status === 'unchanged' && versions.has(key)) return;
    const own =
      status === 'unchanged'
        ? vectors.ofDocuments([key]).map(({ vector }) => vector)
        : added.map(({ vector }) => vector);
    const source = { key, text, signature, vectors: own };
    versions.add(key, signature, findVersions(source, this.#storage));
  }

  /** The documents that must be written and have no vectors yet. */
  #missing(documents: IdentifiedDocument[], vectors: Vectors): IdentifiedDocument[] {
    const present = this.#storage.documents.present(documents.map(({ id }) => id));
    // One that comes twice may change in between, whatever is stored now.
    const times = new Map<string, number>();
    for (const { id } of documents) times.set(id, (times.get(id) ?? 0) + 1);
    return documents.filter(
      (document) =>
        !vectors.has(document) &&
        (present.get(document.id)?.hash !== document.hash || (times.get(document.id) ?? 0) > 1),
    );
  }

  async #embed(documents: IdentifiedDocument[], vectors: Vectors, urgent: boolean): Promise<void> {
    const inputs = documents.flatMap(({ passages }) =>
      passages.map(({ input, tokens }) => ({ text: input, tokens })),
    );
    const embedded = await this.#embedder.embedPassages(inputs, { urgent });
    this.embedded += embedded.length;
    let next = 0;
    for (const document of documents) {
      const end = next + document.passages.length;
      vectors.set(document, embedded.slice(next, end));
      next = end;
    }
  }
}

function toNewDocument(document: IdentifiedDocument, vectors: Vectors): NewDocument {
  const { id, file, fields, text, hash, page, passages } = document;
  const own = vectors.get(document);
  return {
    id,
    file,
    fields,
    text,
    hash,
    ...(page && { page }),
    passages: own ? passages.map((passage, index) => ({ ...passage, vector: vectorAt(own, index, id) })) : [],
  };
}

function vectorAt(vectors: Float32Array[], index: number, id: string): Float32Array {
  const vector = vectors[index];
  if (!vector) throw new AkinError('EMBEDDING_FAILED', `Passage ${index} of document ${id} has no vector.`);
  return vector;
}

function statusOf({ status }: StoredChange): WrittenDocument['status'] {
  if (status === 'removed') throw new Error('A document that was put is not removed');
  return status;
}
