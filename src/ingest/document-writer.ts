import type { PreparedDocument } from '../documents/prepare.js';
import type { Embedder, ModelFingerprint } from '../embedding/embedder.js';
import { letOthersPass } from '../precedence.js';
import type { StorableDocument } from '../storage/document-store.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { DocumentSink, WrittenDocument } from './document-sink.js';
import type { JobProgress } from './job-progress.js';
import type { SiteFurniture } from './site-furniture.js';

/** A document with the id it goes by in the index. */
export interface IdentifiedDocument extends PreparedDocument {
  id: string;
  /** The path of the file it was read from; null for one that came as JSON. */
  file: string | null;
}

type Vectors = Map<IdentifiedDocument, Float32Array[]>;

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
  /** The job that they belong to: how far it has come is noted with them. Default: none */
  progress?: JobProgress;
}

/** What documents are written to. */
export interface WriterParts {
  storage: Pick<StoredIndex, 'documents'>;
  sink: DocumentSink;
  embedder: Embedder;
  furniture: SiteFurniture;
}

/** Brings documents into the index: embeds what has changed, and has it stored. */
export class DocumentWriter {
  readonly #storage: WriterParts['storage'];
  readonly #sink: DocumentSink;
  readonly #embedder: Embedder;
  readonly #furniture: SiteFurniture;
  /** Passages, since the start. */
  embedded = 0;

  constructor({ storage, sink, embedder, furniture }: WriterParts) {
    this.#storage = storage;
    this.#sink = sink;
    this.#embedder = embedder;
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
    await this.#embed(await this.#missing(documents, vectors), vectors, urgent);
    return { documents, vectors, model };
  }

  /** The second half: resolves when all of them are stored and found by searches; in the given order. */
  async store(
    { documents, vectors, model: embeddedWith }: EmbeddedDocuments,
    { urgent = false, progress }: WriteOptions = {},
  ): Promise<WrittenDocument[]> {
    if (documents.length === 0 && !progress) return [];
    const { documentsAtOnce } = this.#sink;
    const written: WrittenDocument[] = [];
    let model = embeddedWith;
    let found: Promise<void> = Promise.resolve();
    do {
      const slice = documents.slice(written.length, written.length + documentsAtOnce);
      // What was unchanged may have been replaced by another writer while this one was embedding, and the model too.
      for (;;) {
        if (model !== this.#embedder.fingerprint) vectors.clear();
        model = this.#embedder.fingerprint;
        const missing = await this.#missing(slice, vectors);
        if (missing.length === 0) break;
        await this.#embed(missing, vectors, urgent);
      }
      // The last ones take those before them to the disk.
      const durable = urgent && documents.length - written.length <= documentsAtOnce;
      const storable = slice.map((document) => toStorable(document, vectors));
      const stored = await this.#sink.put(storable, { durable, model, progress });
      written.push(...stored.written);
      ({ found } = stored);
      await letOthersPass();
    } while (written.length < documents.length);
    await found;
    return written;
  }

  /** Removes documents; gives the ids of those that were there. */
  async remove(ids: string[]): Promise<string[]> {
    return this.#sink.remove(ids);
  }

  /** The documents that must be written and have no vectors yet. */
  async #missing(documents: IdentifiedDocument[], vectors: Vectors): Promise<IdentifiedDocument[]> {
    const present = await this.#storage.documents.present(documents.map(({ id }) => id));
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

function toStorable(document: IdentifiedDocument, vectors: Vectors): StorableDocument {
  const { id, file, fields, text, hash, page, signature, passages } = document;
  return {
    ...{ id, file, fields, text, hash, signature, passages },
    ...(page && { page }),
    vectors: vectors.get(document) ?? null,
  };
}
