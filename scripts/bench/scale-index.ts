import { DEFAULT_LIMITS } from '../../src/documents/limits.js';
import { Reader } from '../../src/documents/reader.js';
import { checkFingerprint } from '../../src/ingest/check-fingerprint.js';
import { DocumentWriter, type IdentifiedDocument } from '../../src/ingest/document-writer.js';
import { EmbeddedSink } from '../../src/ingest/embedded-sink.js';
import { SiteFurniture } from '../../src/ingest/site-furniture.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';
import type { SyntheticDocuments } from './synthetic-documents.js';

/** As many as an import brings in together. */
const DOCUMENTS_AT_ONCE = 100;

interface Indexes {
  storage: Storage;
  index: VectorIndex;
  keywords: KeywordIndex;
}

/** An index folder that is filled with synthetic documents as an import fills it. */
export class ScaleSet {
  readonly #storage: Storage;
  readonly #index: VectorIndex;
  readonly #documents: SyntheticDocuments;
  readonly #writer: DocumentWriter;

  private constructor({ storage, index, keywords }: Indexes, documents: SyntheticDocuments) {
    this.#storage = storage;
    this.#index = index;
    this.#documents = documents;
    // It starts nothing before it is asked to read a web page, of which there are none here.
    const reader = new Reader({
      modelFolder: '',
      window: documents.fingerprint.window,
      limits: DEFAULT_LIMITS,
      timeoutMs: 1_000,
      maxFileBytes: 1,
      memoryMb: 64,
    });
    const furniture = new SiteFurniture(storage, reader);
    const sink = new EmbeddedSink({ storage, index, keywords });
    this.#writer = new DocumentWriter({ storage, sink, embedder: documents, furniture });
  }

  static async open(folder: string, documents: SyntheticDocuments): Promise<ScaleSet> {
    const storage = Storage.open(folder);
    await storage.upgrade();
    checkFingerprint(storage, documents);
    const { dimensions } = documents.fingerprint;
    const index = await VectorIndex.open(folder, storage.vectors, dimensions);
    const keywords = await KeywordIndex.open(storage.termCounts);
    return new ScaleSet({ storage, index, keywords }, documents);
  }

  get passages(): number {
    return this.#index.size;
  }

  /** Writes documents until there are so many passages, or a few more. */
  async fill(passages: number): Promise<void> {
    while (this.passages < passages) await this.write(this.next(DOCUMENTS_AT_ONCE));
  }

  /** So many documents that are not in it yet. */
  next(count: number): IdentifiedDocument[] {
    const { documents } = this.#storage.documents.counts();
    return Array.from({ length: count }, (_, place) => this.#documents.make(documents + place));
  }

  async write(documents: IdentifiedDocument[]): Promise<void> {
    await this.#writer.write(documents);
  }

  async close(): Promise<void> {
    await this.#index.close();
    this.#storage.close();
  }
}
