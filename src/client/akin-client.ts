import type { RelatedText, Stats } from '../akin.js';
import type { RefusedEntry, RelatedAnswer, SearchAnswer } from '../search/answer.js';
import type { RelatedInput, SearchInput } from '../search/request.js';
import type { Job } from '../storage/job-store.js';
import type { Story, StoryPage } from '../stories/story.js';
import type { StoriesInput } from '../stories/story-page.js';
import { AkinClientError } from './client-error.js';
import { DocumentsClient } from './documents-client.js';
import { JobsClient } from './jobs-client.js';
import { type AkinClientOptions, type CallOptions, Transport } from './transport.js';

/** A file to bring in; its name, with `/` for folders, becomes its document's id. */
export interface NewFile {
  name: string;
  content: Blob | string;
}

/** The vectors of texts, of length 1. */
export interface EmbeddingsAnswer {
  model: string;
  data: { index: number; embedding: number[] }[];
  usage: { prompt_tokens: number; total_tokens: number };
}

/**
 * An Akin server, over its HTTP API. Runs wherever there is `fetch`: Node, Deno, Bun, browsers.
 *
 * Every call throws `AkinClientError` where the server refuses it or does not answer, and the signal's reason where it was
 * aborted. What was refused for now (429, 503) is sent again, after as long as the server asks for; what got lost, where
 * sending it twice does no harm.
 */
export class AkinClient {
  readonly documents: DocumentsClient;
  readonly jobs: JobsClient;
  readonly #transport: Transport;

  constructor(options: AkinClientOptions) {
    this.#transport = new Transport(options);
    this.documents = new DocumentsClient(this.#transport);
    this.jobs = new JobsClient(this.#transport);
  }

  search(input: SearchInput, options: CallOptions = {}): Promise<SearchAnswer> {
    return this.#ask('v1/search', input, options);
  }

  /**
   * The answers to up to 100 searches, in their order.
   * @throws AkinClientError ANSWER_TOO_LARGE where one has no room beside the others: ask for less, or in smaller batches
   */
  async searchBatch(queries: SearchInput[], options: CallOptions = {}): Promise<SearchAnswer[]> {
    const { results } = await this.#ask<{ results: (SearchAnswer | RefusedEntry)[] }>(
      'v1/search/batch',
      { queries },
      options,
    );
    return results.map((result) => {
      if ('code' in result) throw new AkinClientError(result.code, result.detail, { status: result.status });
      return result;
    });
  }

  /** @throws AkinClientError DOCUMENT_NOT_FOUND */
  related(id: string, input: RelatedInput = {}, options: CallOptions = {}): Promise<RelatedAnswer> {
    const path = `v1/documents/${encodeURIComponent(id)}/related`;
    return this.#transport.json('GET', path, { ...options, query: { ...input } });
  }

  /** The same for a text that need not be in the index. */
  relatedTo(
    source: RelatedText,
    input: RelatedInput = {},
    options: CallOptions = {},
  ): Promise<RelatedAnswer> {
    return this.#ask('v1/related', { ...source, ...input }, options);
  }

  /** Stories, the newest first; read a page at a time. */
  async *stories(
    { limit = 100, ...input }: StoriesInput = {},
    options: CallOptions = {},
  ): AsyncGenerator<Story, void> {
    let cursor: string | null | undefined = input.cursor;
    do {
      const query = { ...input, limit, cursor };
      const page: StoryPage = await this.#transport.json('GET', 'v1/stories', { ...options, query });
      yield* page.stories;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** The story that a document belongs to; null where it stands alone. @throws AkinClientError DOCUMENT_NOT_FOUND */
  async storyOf(id: string, options: CallOptions = {}): Promise<Story | null> {
    const path = `v1/documents/${encodeURIComponent(id)}/story`;
    return (await this.#transport.json<{ story: Story | null }>('GET', path, options)).story;
  }

  /** Embeds texts by the index's model, as passages are. */
  embeddings(input: string | string[], options: CallOptions = {}): Promise<EmbeddingsAnswer> {
    return this.#ask('v1/embeddings', { input }, options);
  }

  /** Brings in files of any type that Akin reads, by a job. */
  async upload(files: Iterable<NewFile>, options: CallOptions = {}): Promise<Job> {
    const body = new FormData();
    for (const { name, content } of files) {
      body.append('files', typeof content === 'string' ? new Blob([content]) : content, name);
    }
    return (await this.#transport.json<{ job: Job }>('POST', 'v1/files', { ...options, body })).job;
  }

  stats(options: CallOptions = {}): Promise<Stats> {
    return this.#transport.json('GET', 'v1/stats', options);
  }

  /** Sends by POST what only asks. */
  #ask<Answer>(path: string, json: unknown, options: CallOptions): Promise<Answer> {
    return this.#transport.json('POST', path, { ...options, json, idempotent: true });
  }
}
