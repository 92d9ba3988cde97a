import type { StoredIndex } from '../storage/stored-index.js';
import type { RelatedAnswer } from './answer.js';
import { DocumentEvidence } from './document-evidence.js';
import type { SemanticLeg } from './legs.js';
import type { ReadOptions } from './read-options.js';
import { findRelated } from './related.js';
import { RelatedCache } from './related-cache.js';
import { type RelatedSource, sourceFromIndex } from './related-source.js';
import type { RelatedRequest } from './request.js';

/** Answers `related`; holds answers until the index changes. */
export class RelatedFinder {
  readonly #storage: StoredIndex;
  readonly #semantic: SemanticLeg;
  readonly #answers = new RelatedCache();

  constructor(storage: StoredIndex, semantic: SemanticLeg) {
    this.#storage = storage;
    this.#semantic = semantic;
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND, or ANSWER_TOO_LARGE where the hits exceed the budget */
  ofDocument(
    id: string,
    request: RelatedRequest,
    reading: Pick<ReadOptions, 'budget'> = {},
  ): Promise<RelatedAnswer> {
    return this.#answers.answer(JSON.stringify([id, request]), this.revision(), async () =>
      this.ofSource(await sourceFromIndex(id, this.#storage), request, reading),
    );
  }

  /** @throws AkinError ANSWER_TOO_LARGE where the hits exceed the budget */
  ofSource(
    source: RelatedSource,
    request: RelatedRequest,
    { budget }: Pick<ReadOptions, 'budget'> = {},
  ): Promise<RelatedAnswer> {
    const evidence = new DocumentEvidence(this.#storage.vectors.held);
    const parts = { storage: this.#storage, semantic: this.#semantic, evidence, budget };
    return this.#storage.atOneMoment(() => findRelated(source, request, parts));
  }

  /** What stays as it is for as long as the same request has the same answer. */
  revision(): string {
    return `${this.#storage.changes()}/${this.#semantic.revision}`;
  }
}
