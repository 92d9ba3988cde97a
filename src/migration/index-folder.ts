import { signatureOf } from '../documents/shingles.js';
import { EmbeddedSink } from '../ingest/embedded-sink.js';
import type { StorableDocument } from '../storage/document-store.js';
import type { Storage } from '../storage/storage.js';
import type { ExportedDocument, IndexSource, IndexTarget } from './copy-index.js';

/** An index folder's database, of which both indexes in memory are made when it is opened the next time. */
export class FolderCopy implements IndexSource, IndexTarget {
  readonly #storage: Storage;
  readonly #sink: EmbeddedSink;

  constructor(storage: Storage) {
    this.#storage = storage;
    const nobody = { apply: async () => undefined };
    this.#sink = new EmbeddedSink({ storage, index: nobody, keywords: nobody });
  }

  get place(): string {
    return this.#storage.place;
  }

  fingerprint(): string | null {
    return this.#storage.fingerprint();
  }

  counts(): { documents: number; passages: number } {
    return this.#storage.documents.counts();
  }

  documents(after: number, limit: number): ExportedDocument[] {
    const { documents, vectors, versions } = this.#storage;
    return documents.stored(after, limit).map(({ key, ...document }) => {
      const text = documents.textOf(key);
      return {
        ...document,
        key,
        text,
        signature: versions.signatureOf(key) ?? signatureOf(text),
        passages: documents.passages(key),
        vectors: vectors.ofDocuments([key]).map(({ vector }) => vector),
      };
    });
  }

  files(): ReturnType<Storage['files']['all']> {
    return this.#storage.files.all();
  }

  sites(): ReturnType<Storage['sites']['all']> {
    return this.#storage.sites.all();
  }

  begin(fingerprint: string): void {
    this.#storage.recordFingerprint(fingerprint);
  }

  async put(documents: StorableDocument[]): Promise<void> {
    for (let done = 0; done < documents.length; ) {
      const { written } = await this.#sink.put(documents.slice(done), { durable: false });
      done += written.length;
    }
  }

  end(...[files, sites]: Parameters<IndexTarget['end']>): void {
    this.#storage.transaction(() => {
      for (const { record, failures } of files) this.#storage.files.record(record, failures);
      this.#storage.sites.replace(sites);
    });
  }
}
