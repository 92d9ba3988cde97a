import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { RelatedAnswer } from './answer.js';
import { DocumentEvidence } from './document-evidence.js';
import { findRelated } from './related.js';
import { RelatedCache } from './related-cache.js';
import { type RelatedSource, sourceFromIndex } from './related-source.js';
import type { RelatedRequest } from './request.js';

/** Answers `related`; holds answers until the index changes. */
export class RelatedFinder {
  readonly #storage: Storage;
  readonly #index: VectorIndex;
  readonly #answers = new RelatedCache();

  constructor(storage: Storage, index: VectorIndex) {
    this.#storage = storage;
    this.#index = index;
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  ofDocument(id: string, request: RelatedRequest): RelatedAnswer {
    return this.#answers.answer(JSON.stringify([id, request]), this.revision(), () =>
      this.ofSource(sourceFromIndex(id, this.#storage), request),
    );
  }

  ofSource(source: RelatedSource, request: RelatedRequest): RelatedAnswer {
    return findRelated(source, request, {
      storage: this.#storage,
      index: this.#index,
      evidence: new DocumentEvidence(this.#storage.vectors.held),
    });
  }

  /** What stays as it is for as long as the same request has the same answer. */
  revision(): string {
    return `${this.#storage.changes()}/${this.#index.revision}`;
  }
}
