import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { RelatedAnswer } from './answer.js';
import { DocumentEvidence } from './document-evidence.js';
import { findRelated } from './related.js';
import { RelatedCache } from './related-cache.js';
import { type RelatedSource, sourceFromIndex } from './related-source.js';
import type { RelatedRequest } from './request.js';

/** Vectors held between requests: 30 MB of 384 dimensions. */
const MOST_VECTORS = 20_000;

/** Answers `related`; holds answers, and vectors that were compared, until the index changes. */
export class RelatedFinder {
  readonly #storage: Storage;
  readonly #index: VectorIndex;
  readonly #answers = new RelatedCache();
  #evidence: DocumentEvidence;
  #evidenceRevision = '';

  constructor(storage: Storage, index: VectorIndex) {
    this.#storage = storage;
    this.#index = index;
    this.#evidence = new DocumentEvidence(storage);
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  ofDocument(id: string, request: RelatedRequest): RelatedAnswer {
    return this.#answers.answer(JSON.stringify([id, request]), this.#revision(), () =>
      this.ofSource(sourceFromIndex(id, this.#storage), request),
    );
  }

  ofSource(source: RelatedSource, request: RelatedRequest): RelatedAnswer {
    const revision = this.#revision();
    if (revision !== this.#evidenceRevision || this.#evidence.size > MOST_VECTORS) {
      this.#evidence = new DocumentEvidence(this.#storage);
      this.#evidenceRevision = revision;
    }
    return findRelated(source, request, {
      storage: this.#storage,
      index: this.#index,
      evidence: this.#evidence,
    });
  }

  /** What stays as it is for as long as the same request has the same answer. */
  #revision(): string {
    return `${this.#storage.changes()}/${this.#index.revision}`;
  }
}
