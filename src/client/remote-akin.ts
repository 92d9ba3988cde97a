import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type {
  Akin,
  DocumentPage,
  FollowOptions,
  FullDocument,
  IngestOptions,
  ListInput,
  RelatedText,
  Stats,
} from '../akin.js';
import { isFinished } from '../akin.js';
import { verifyBackup } from '../backup/backup-file.js';
import { type BackupReport, intoPlace } from '../backup/write-backup.js';
import { AkinError, type ErrorCode } from '../errors.js';
import type { WrittenDocument } from '../ingest/document-sink.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import type { RelatedAnswer, SearchAnswer } from '../search/answer.js';
import type { FacetsInput, IndexFacets } from '../search/index-facets.js';
import type { RelatedInput, SearchInput } from '../search/request.js';
import type { Job } from '../storage/job-store.js';
import type { Story, StoryPage } from '../stories/story.js';
import type { StoriesInput } from '../stories/story-page.js';
import type { StoredPassage } from '../types.js';

const POLL_MS = 250;

type OwnRequest = RequestInit & { headers?: Record<string, string> };

/** An index that a server holds, over its HTTP API. */
export class RemoteAkin implements Akin {
  readonly #address: string;
  readonly #key: string | null;

  /**
   * @param address of the server, such as `http://127.0.0.1:3000`
   * @param key that only its own user knows; null where this is another
   */
  constructor(address: string, key: string | null) {
    this.#address = address;
    this.#key = key;
  }

  search(input: SearchInput): Promise<SearchAnswer> {
    return this.#send('POST', '/v1/search', input);
  }

  related(id: string, { filter, ...input }: RelatedInput = {}): Promise<RelatedAnswer> {
    const query = queryOf({ ...input, filter: filter && JSON.stringify(filter) });
    return this.#send('GET', `/v1/documents/${encodeURIComponent(id)}/related${query}`);
  }

  relatedToText(source: RelatedText, input: RelatedInput = {}): Promise<RelatedAnswer> {
    return this.#send('POST', '/v1/related', { ...source, ...input });
  }

  listStories(input: StoriesInput = {}): Promise<StoryPage> {
    return this.#send('GET', `/v1/stories${queryOf({ ...input })}`);
  }

  async storyOf(id: string): Promise<Story | null> {
    return (await this.#send<{ story: Story | null }>('GET', `/v1/documents/${encodeURIComponent(id)}/story`))
      .story;
  }

  async addDocuments(inputs: unknown[]): Promise<WrittenDocument[]> {
    const { documents } = await this.#send<{ documents: WrittenDocument[] }>('POST', '/v1/documents', inputs);
    return documents;
  }

  getDocument(id: string): Promise<FullDocument> {
    return this.#send('GET', `/v1/documents/${encodeURIComponent(id)}`);
  }

  async locationOf(id: string): Promise<string | null> {
    const path = `/v1/documents/${encodeURIComponent(id)}/location`;
    return (await this.#send<{ location: string | null }>('GET', path)).location;
  }

  async passagesOf(id: string): Promise<StoredPassage[]> {
    const path = `/v1/documents/${encodeURIComponent(id)}/passages`;
    return (await this.#send<{ passages: StoredPassage[] }>('GET', path)).passages;
  }

  listDocuments({ limit, cursor, filter }: ListInput = {}): Promise<DocumentPage> {
    return this.#send(
      'GET',
      `/v1/documents${queryOf({ limit, cursor, filter: filter && JSON.stringify(filter) })}`,
    );
  }

  async removeDocuments(ids: string[]): Promise<string[]> {
    const removed: string[] = [];
    for (const id of ids) {
      try {
        await this.#send('DELETE', `/v1/documents/${encodeURIComponent(id)}`);
        removed.push(id);
      } catch (error) {
        if (!(error instanceof AkinError && error.code === 'DOCUMENT_NOT_FOUND')) throw error;
      }
    }
    return removed;
  }

  ingest(paths: string[], options: IngestOptions & FollowOptions = {}): Promise<Job> {
    const { onProgress: _onProgress, signal: _signal, ...how } = options;
    return this.#start('/v1/jobs', { paths: paths.map((path) => resolve(path)), ...how }, options);
  }

  retryFailed(options: FollowOptions = {}): Promise<Job> {
    return this.#start('/v1/jobs', { paths: null }, options);
  }

  reembed(choice: ModelChoice, options: FollowOptions = {}): Promise<Job> {
    return this.#start('/v1/reembed', choice, options);
  }

  async listJobs(): Promise<Job[]> {
    return (await this.#send<{ jobs: Job[] }>('GET', '/v1/jobs')).jobs;
  }

  async cancelJob(id: string): Promise<Job> {
    return (await this.#send<{ job: Job }>('DELETE', `/v1/jobs/${encodeURIComponent(id)}`)).job;
  }

  stats(): Promise<Stats> {
    return this.#send('GET', '/v1/stats');
  }

  facets({ filter, ...input }: FacetsInput = {}): Promise<IndexFacets> {
    return this.#send('GET', `/v1/facets${queryOf({ ...input, filter: filter && JSON.stringify(filter) })}`);
  }

  async rebuild(options: FollowOptions = {}): Promise<Job> {
    return this.#follow((await this.#send<{ job: Job }>('POST', '/v1/rebuild')).job, options);
  }

  async compact(options: FollowOptions = {}): Promise<Job> {
    return this.#follow((await this.#send<{ job: Job }>('POST', '/v1/compact')).job, options);
  }

  backup(file: string): Promise<BackupReport> {
    return intoPlace(file, async (temporary) => {
      const { body } = await this.#request('POST', '/v1/backups', {});
      const sent = body as ReadableStream<Uint8Array> | null;
      await pipeline(sent ? Readable.fromWeb(sent) : [], createWriteStream(temporary));
      return verifyBackup(temporary);
    });
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  /** What only the server's own user may ask for: it reads files of its machine itself. */
  async #start(path: string, request: object, options: FollowOptions): Promise<Job> {
    if (this.#key === null) {
      throw new AkinError(
        'PERMISSION_DENIED',
        `The server at ${this.#address} runs as another user, whose key can't be read here. Run the command as that user, or send the files to POST /v1/files.`,
      );
    }
    const { job } = await this.#call<{ job: Job }>('POST', path, {
      body: JSON.stringify(request),
      headers: { 'Content-Type': 'application/json' },
    });
    return this.#follow(job, options);
  }

  async #follow(queued: Job, { onProgress, signal }: FollowOptions): Promise<Job> {
    let job = queued;
    while (!isFinished(job)) {
      if (signal?.aborted) await this.cancelJob(job.id);
      onProgress?.(job);
      await new Promise((wake) => setTimeout(wake, POLL_MS));
      ({ job } = await this.#send<{ job: Job }>('GET', `/v1/jobs/${job.id}`));
    }
    onProgress?.(job);
    return job;
  }

  #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return this.#call(method, path, body === undefined ? {} : json);
  }

  async #call<Answer>(method: string, path: string, init: OwnRequest): Promise<Answer> {
    const response = await this.#request(method, path, init);
    return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
  }

  /** The answer to a request that was fulfilled. */
  async #request(method: string, path: string, { headers, ...init }: OwnRequest): Promise<Response> {
    const own: Record<string, string> = this.#key === null ? {} : { Authorization: `Bearer ${this.#key}` };
    let response: Response;
    try {
      response = await fetch(this.#address + path, { ...init, headers: { ...headers, ...own }, method });
    } catch (error) {
      throw new AkinError(
        'SERVER_UNREACHABLE',
        `The server at ${this.#address}, which holds the index, does not answer. Wait until it is up, or stop its process.`,
        { cause: error },
      );
    }
    if (response.ok) return response;
    const { code, detail, errors } = (await response.json()) as {
      code: ErrorCode;
      detail: string;
      errors?: AkinError['issues'];
    };
    throw new AkinError(code, detail, errors ? { issues: errors } : {});
  }
}

function queryOf(parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])))}`;
}
