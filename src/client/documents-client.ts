import type { DocumentPage, DocumentSummary, FullDocument, ListInput } from '../akin.js';
import type { DocumentInput } from '../documents/input.js';
import type { WrittenDocument } from '../ingest/document-sink.js';
import type { Job } from '../storage/job-store.js';
import type { StoredPassage } from '../types.js';
import { AkinClientError } from './client-error.js';
import { type DocumentSource, documentLines } from './document-lines.js';
import type { CallOptions, Transport } from './transport.js';

/**
 * A document to bring in: one of `text`, `html` and `markdown`, and what is known besides. Without an id it gets one from what
 * it says, so that sent twice it is there once. Dates are ISO 8601, languages BCP 47.
 */
export type NewDocument = DocumentInput;

/** The documents of a server. */
export class DocumentsClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** @throws AkinClientError DOCUMENT_NOT_FOUND */
  get(id: string, options: CallOptions = {}): Promise<FullDocument> {
    return this.#transport.json('GET', addressOf(id), options);
  }

  /** @throws AkinClientError DOCUMENT_NOT_FOUND */
  async passages(id: string, options: CallOptions = {}): Promise<StoredPassage[]> {
    const path = `${addressOf(id)}/passages`;
    return (await this.#transport.json<{ passages: StoredPassage[] }>('GET', path, options)).passages;
  }

  /** Brings one document in under an id, in the place of the one that is there. */
  put(id: string, document: NewDocument, options: CallOptions = {}): Promise<WrittenDocument> {
    return this.#transport.json('PUT', addressOf(id), { ...options, json: document });
  }

  /**
   * Brings in up to 1,000 documents, all or none; they are on the disk and found when it resolves.
   * @throws AkinClientError INVALID_REQUEST with an issue for each place that is wrong
   */
  async add(documents: NewDocument | NewDocument[], options: CallOptions = {}): Promise<WrittenDocument[]> {
    // A document that comes twice is there once: its id is its own, or made from what it says.
    const request = { ...options, json: documents, idempotent: true };
    const answer = await this.#transport.json<{ documents: WrittenDocument[] }>(
      'POST',
      'v1/documents',
      request,
    );
    return answer.documents;
  }

  /**
   * Brings in any number of documents, by a job. What comes bit by bit is sent as it comes, which browsers do not do over
   * HTTP/1.1; that is not sent again when it gets lost.
   */
  async import(source: DocumentSource, options: CallOptions = {}): Promise<Job> {
    const request = { ...options, body: documentLines(source), type: 'application/x-ndjson' };
    return (await this.#transport.json<{ job: Job }>('POST', 'v1/documents/import', request)).job;
  }

  /** All documents, or those that a filter lets through, in the order in which they came; read a page at a time. */
  async *list(
    { limit = 100, ...input }: ListInput = {},
    options: CallOptions = {},
  ): AsyncGenerator<DocumentSummary, void> {
    let cursor: string | null | undefined = input.cursor;
    do {
      const page: DocumentPage = await this.page({ ...input, limit, ...(cursor ? { cursor } : {}) }, options);
      yield* page.documents;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** One page of `list`, and where the next begins. */
  page(input: ListInput = {}, options: CallOptions = {}): Promise<DocumentPage> {
    return this.#transport.json('GET', 'v1/documents', { ...options, query: { ...input } });
  }

  /** Gives whether it was there. */
  async delete(id: string, options: CallOptions = {}): Promise<boolean> {
    try {
      await this.#transport.json('DELETE', addressOf(id), options);
      return true;
    } catch (error) {
      if (error instanceof AkinClientError && error.code === 'DOCUMENT_NOT_FOUND') return false;
      throw error;
    }
  }

  /** Removes the documents that a filter lets through; gives their number. */
  async deleteWhere(filter: object, options: CallOptions = {}): Promise<number> {
    const request = { ...options, json: { filter } };
    return (await this.#transport.json<{ removed: number }>('DELETE', 'v1/documents', request)).removed;
  }
}

function addressOf(id: string): string {
  return `v1/documents/${encodeURIComponent(id)}`;
}
