import { constants, openAsBlob } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Akin, DocumentPage, IngestOptions, ListInput, Stats } from '../akin.js';
import { isFinished } from '../akin.js';
import { readError } from '../documents/read-error.js';
import { AkinError, type ErrorCode, errorCode, errorMessage } from '../errors.js';
import type { WrittenDocument } from '../ingest/document-writer.js';
import { type FoundFile, findFiles } from '../ingest/walk.js';
import type { RelatedAnswer, SearchAnswer } from '../search/answer.js';
import type { RelatedInput, SearchInput } from '../search/request.js';
import { type Job, NO_COUNTS } from '../storage/job-store.js';
import type { Document, Failure } from '../types.js';

/** Files that go up in one request. */
const FILES_AT_ONCE = 100;
const POLL_MS = 250;

/** An index that a server holds, over its HTTP API. */
export class RemoteAkin implements Akin {
  readonly #address: string;

  /** @param address of the server, such as `http://127.0.0.1:3000` */
  constructor(address: string) {
    this.#address = address;
  }

  search(input: SearchInput): Promise<SearchAnswer> {
    return this.#send('POST', '/v1/search', input);
  }

  related(id: string, { limit, filter }: RelatedInput = {}): Promise<RelatedAnswer> {
    const query = queryOf({ limit, filter: filter && JSON.stringify(filter) });
    return this.#send('GET', `/v1/documents/${encodeURIComponent(id)}/related${query}`);
  }

  relatedToText(source: { title?: string; text: string }, input: RelatedInput = {}): Promise<RelatedAnswer> {
    return this.#send('POST', '/v1/related', { ...source, ...input });
  }

  async addDocuments(inputs: unknown[]): Promise<WrittenDocument[]> {
    const { documents } = await this.#send<{ documents: WrittenDocument[] }>('POST', '/v1/documents', inputs);
    return documents;
  }

  getDocument(id: string): Promise<Document> {
    return this.#send('GET', `/v1/documents/${encodeURIComponent(id)}`);
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

  /** Sends the files up in several jobs, one after the other, and adds up what became of them. */
  async ingest(paths: string[], { idPrefix = '', onProgress }: IngestOptions = {}): Promise<Job> {
    const found = await findFiles(paths);
    const { files, failures } = await readable(found.files, idPrefix);
    let total: Job = {
      id: '',
      type: 'files',
      status: 'running',
      counts: {
        ...NO_COUNTS,
        total: found.files.length,
        done: failures.length,
        failed: found.failures.length + failures.length,
      },
      errors: [...found.failures, ...failures],
      etaSeconds: null,
      createdAt: new Date().toISOString(),
      finishedAt: null,
    };
    for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
      let job = await this.#upload(files.slice(first, first + FILES_AT_ONCE), idPrefix);
      while (!isFinished(job)) {
        onProgress?.(addUp(total, job));
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        ({ job } = await this.#send<{ job: Job }>('GET', `/v1/jobs/${job.id}`));
      }
      total = addUp(total, job);
    }
    const { failed, created, updated, unchanged } = total.counts;
    const some = created + updated + unchanged > 0;
    const ended: Job = { ...total, status: failed === 0 ? 'succeeded' : some ? 'partial' : 'failed' };
    onProgress?.(ended);
    return ended;
  }

  stats(): Promise<Stats> {
    return this.#send('GET', '/v1/stats');
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  async #upload(files: FoundFile[], idPrefix: string): Promise<Job> {
    const form = new FormData();
    for (const { path, name } of files) form.append('files', await openAsBlob(path), idPrefix + name);
    const { job } = await this.#call<{ job: Job }>('POST', '/v1/files', { body: form });
    return job;
  }

  #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return this.#call(method, path, body === undefined ? {} : json);
  }

  async #call<Answer>(method: string, path: string, init: RequestInit): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(this.#address + path, { ...init, method });
    } catch (error) {
      throw new AkinError(
        'SERVER_UNREACHABLE',
        `The server at ${this.#address}, which holds the index, does not answer. Wait until it is up, or stop its process.`,
        { cause: error },
      );
    }
    if (response.status === 204) return undefined as Answer;
    const answer = await response.json();
    if (!response.ok) {
      const { code, detail, errors } = answer as {
        code: ErrorCode;
        detail: string;
        errors?: AkinError['issues'];
      };
      throw new AkinError(code, detail, errors ? { issues: errors } : {});
    }
    return answer as Answer;
  }
}

function queryOf(parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])))}`;
}

function addUp(total: Job, job: Job): Job {
  const counts = { ...total.counts };
  for (const key of ['done', 'created', 'updated', 'unchanged', 'removed', 'failed'] as const) {
    counts[key] += job.counts[key];
  }
  return { ...total, counts, errors: [...total.errors, ...job.errors] };
}

/** Parts the files that can be read from those that can't: one of these would break off the whole request. */
async function readable(
  files: FoundFile[],
  idPrefix: string,
): Promise<{ files: FoundFile[]; failures: Failure[] }> {
  const failures: Failure[] = [];
  const good: FoundFile[] = [];
  for (const file of files) {
    try {
      await access(file.path, constants.R_OK);
      good.push(file);
    } catch (error) {
      const reason = readError(error);
      failures.push({ item: idPrefix + file.name, code: errorCode(reason), detail: errorMessage(reason) });
    }
  }
  return { files: good, failures };
}
