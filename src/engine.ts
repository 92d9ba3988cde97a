import { timingSafeEqual } from 'node:crypto';
import type {
  Akin,
  DocumentPage,
  FollowOptions,
  FullDocument,
  IngestOptions,
  ListInput,
  RelatedText,
  Stats,
} from './akin.js';
import type { TemporaryBackup } from './backup/temporary-backup.js';
import type { BackupReport } from './backup/write-backup.js';
import { checkColumns } from './documents/parsers/table-columns.js';
import { withOneModel } from './embedding/current-embedder.js';
import { type EmbeddedTexts, embedTexts } from './embedding/embed-texts.js';
import { type EmbeddingsInput, embeddingsRequest } from './embedding/embeddings-request.js';
import { type EngineOptions, type EngineParts, openParts } from './engine-parts.js';
import { AkinError } from './errors.js';
import { parseFilter } from './filter.js';
import type { WrittenDocument } from './ingest/document-sink.js';
import { DocumentWriter } from './ingest/document-writer.js';
import { followJob } from './ingest/follow-job.js';
import { syncInput } from './ingest/job-input.js';
import type { Jobs } from './ingest/jobs.js';
import { readDocuments } from './ingest/read-documents.js';
import { SiteFurniture } from './ingest/site-furniture.js';
import type { ModelChoice } from './maintenance/model-switch.js';
import { DocumentMap } from './map/document-map.js';
import type { MapAnswer } from './map/map-answer.js';
import { pagePicture } from './page-picture/page-picture.js';
import { beforeBulkWork } from './precedence.js';
import { endReading } from './reading-parts.js';
import { annRecall } from './search/ann-recall.js';
import type { RelatedAnswer, SearchAnswer } from './search/answer.js';
import { fullDocument } from './search/full-document.js';
import { type FacetsInput, facetsRequest, type IndexFacets, indexFacets } from './search/index-facets.js';
import { listRequest } from './search/list-request.js';
import { type ReadOptions, withinVisible } from './search/read-options.js';
import { RelatedFinder } from './search/related-finder.js';
import { sourceFromText } from './search/related-source.js';
import {
  parseRequest,
  type RelatedInput,
  relatedRequest,
  type SearchInput,
  searchRequest,
} from './search/request.js';
import { Searcher, withoutKey } from './search/searcher.js';
import { DOCUMENTS_AT_ONCE } from './search/slices.js';
import { Visible } from './search/visible.js';
import type { DocumentRow } from './storage/document-store.js';
import type { Job } from './storage/job-store.js';
import { Stories } from './stories/stories.js';
import type { Story, StoryPage } from './stories/story.js';
import { pageOfStories, type StoriesInput, storiesRequest } from './stories/story-page.js';
import type { Document, StoredPassage } from './types.js';

/** The most documents that one request brings; more are an import. */
export const MOST_DOCUMENTS = 1_000;

/** An index that this process holds: the one core that HTTP, command line and library call. */
export class Engine implements Akin {
  readonly jobs: Jobs;
  readonly #parts: EngineParts;
  readonly #writer: DocumentWriter;
  readonly #searcher: Searcher;
  readonly #related: RelatedFinder;
  readonly #stories: Stories;
  readonly #map: DocumentMap;
  #ownerKey: string | null = null;
  #searches = 0;

  private constructor(parts: EngineParts) {
    const { storage, semantic, home } = parts;
    this.#parts = parts;
    const furniture = new SiteFurniture(storage, parts.reader);
    this.#writer = new DocumentWriter({ ...parts, furniture });
    this.#searcher = new Searcher(parts);
    this.#stories = new Stories(storage);
    this.#map = new DocumentMap(storage);
    this.#related = new RelatedFinder(storage, semantic);
    this.jobs = home.jobs({ writer: this.#writer, furniture });
  }

  /**
   * Opens an index folder, which it locks, with the model that the settings name. Unfinished jobs wait for
   * `jobs.resume()`.
   *
   * @throws AkinError INDEX_LOCKED, INDEX_DAMAGED, INDEX_UNWRITABLE, INDEX_TOO_NEW, MODEL_MISMATCH,
   *   MODEL_UNAVAILABLE or MODEL_INVALID
   */
  static async open(options: EngineOptions): Promise<Engine> {
    return new Engine(await openParts(options));
  }

  /** Starts the processes that a first search would wait for; each starts with the first work for it otherwise. */
  async warm(): Promise<void> {
    this.#parts.marker.start();
    await this.#parts.embedder.embedQuery('');
  }

  /** Tells other processes the address that this one answers at, and its own user's processes a key. */
  announce(address: string): void {
    this.#ownerKey = this.#parts.home.announce(address);
  }

  /** Whether a key is the one that only the processes of this one's user can know. */
  isOwnerKey(key: string): boolean {
    const [given, own] = [Buffer.from(key), Buffer.from(this.#ownerKey ?? '')];
    return own.length > 0 && given.length === own.length && timingSafeEqual(given, own);
  }

  /** Where uploads may be written before a job takes them. */
  uploadFolder(): Promise<string> {
    return this.jobs.uploadFolder();
  }

  async search(input: SearchInput, reading: ReadOptions = {}): Promise<SearchAnswer> {
    const request = withinVisible(parseRequest(searchRequest, input), reading);
    const answer = await beforeBulkWork(() => this.#searcher.search(request, reading));
    this.#searches += 1;
    return answer;
  }

  async related(id: string, input: RelatedInput = {}, reading: ReadOptions = {}): Promise<RelatedAnswer> {
    const request = withinVisible(parseRequest(relatedRequest, input), reading);
    reading.signal?.throwIfAborted();
    const visible = this.#visible(reading);
    if ((await visible?.has(id)) === false) throw notFound(id);
    const answer = await this.#related.ofDocument(id, request, reading);
    return visible ? visible.related(answer) : answer;
  }

  async relatedToText(
    { title, text, publishedAt }: RelatedText,
    input: RelatedInput = {},
    reading: ReadOptions = {},
  ): Promise<RelatedAnswer> {
    const request = withinVisible(parseRequest(relatedRequest, input), reading);
    if (request.source !== 'any') {
      throw new AkinError(
        'INVALID_REQUEST',
        'A text that is not in the index has no source: leave "source" out, or filter by the sources wanted.',
      );
    }
    const fields = { ...(title ? { title } : {}), ...(publishedAt ? { publishedAt } : {}) };
    const [document] = await readDocuments([{ ...fields, text }], this.#parts.reader);
    if (!document) throw new AkinError('INVALID_REQUEST', 'There is no text.');
    const inputs = document.passages.map(({ input: passage, tokens }) => ({ text: passage, tokens }));
    const { embedder, storage } = this.#parts;
    const vectors = await withOneModel(embedder, () => embedder.embedPassages(inputs, { urgent: true }));
    reading.signal?.throwIfAborted();
    const { text: own, signature } = document;
    const versions = await storage.versionsOf({ key: null, text: own, signature, vectors });
    const source = sourceFromText({ document, vectors, versions });
    const answer = await this.#related.ofSource(source, request, reading);
    const visible = this.#visible(reading);
    return visible ? visible.related(answer) : answer;
  }

  /**
   * The vectors of texts, as passages have them.
   * @throws AkinError INVALID_REQUEST or MODEL_NOT_FOUND
   */
  async embed(
    input: EmbeddingsInput,
    { signal }: ReadOptions = {},
  ): Promise<EmbeddedTexts & { encoding: 'float' | 'base64' }> {
    const { encoding_format: encoding, ...request } = parseRequest(embeddingsRequest, input);
    const { reader, embedder } = this.#parts;
    return { encoding, ...(await embedTexts(request, { reader, embedder, signal })) };
  }

  async listStories(input: StoriesInput = {}, reading: ReadOptions = {}): Promise<StoryPage> {
    const request = parseRequest(storiesRequest, input);
    const stories = await this.#stories.all();
    const visible = this.#visible(reading);
    const page = pageOfStories(visible ? await visible.stories(stories) : stories, request);
    for (const story of page.stories) reading.budget?.take(story);
    return page;
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  async storyOf(id: string, reading: ReadOptions = {}): Promise<Story | null> {
    await this.#stored(id, reading);
    const story = await this.#stories.of(id);
    const visible = this.#visible(reading);
    return story && visible ? ((await visible.stories([story]))[0] ?? null) : story;
  }

  /** All documents laid out by what they are about, or how far that is. */
  async map({ visible }: ReadOptions = {}): Promise<MapAnswer> {
    return this.#map.answer(visible ?? null);
  }

  /**
   * Brings documents in; when it resolves they are on the disk and found. All of them, or none where one is wrong.
   * @throws AkinError INVALID_REQUEST with an issue for each document that is wrong
   */
  async addDocuments(inputs: unknown[]): Promise<WrittenDocument[]> {
    if (inputs.length > MOST_DOCUMENTS) {
      throw new AkinError(
        'INVALID_REQUEST',
        `${inputs.length} documents are too many for one request; send ${MOST_DOCUMENTS} at most, or use POST /v1/documents/import.`,
      );
    }
    return this.#writer.write(await readDocuments(inputs, this.#parts.reader), { urgent: true });
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  async getDocument(id: string, reading: ReadOptions = {}): Promise<FullDocument> {
    const { storage } = this.#parts;
    return storage.atOneMoment(async () => {
      const document = await fullDocument(await this.#stored(id, reading), storage);
      return this.#visible(reading)?.document(document) ?? document;
    });
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  async locationOf(id: string): Promise<string | null> {
    const { key } = await this.#stored(id, {});
    const file = await this.#parts.storage.files.ofDocument(key);
    return file?.place?.location ?? null;
  }

  /** @throws AkinError DOCUMENT_NOT_FOUND */
  async passagesOf(id: string, reading: ReadOptions = {}): Promise<StoredPassage[]> {
    const { storage } = this.#parts;
    return storage.atOneMoment(async () => {
      const { key } = await this.#stored(id, reading);
      return (await storage.documents.passagesOf([key])).get(key) ?? [];
    });
  }

  /**
   * A page, counted from 1, of the PDF that a document was read from, as a PNG.
   * @throws AkinError DOCUMENT_NOT_FOUND, or NO_PAGE_PICTURE with the reason why there is none
   */
  async pagePicture(id: string, page: number, reading: ReadOptions = {}): Promise<Uint8Array> {
    const { key } = await this.#stored(id, reading);
    return pagePicture(key, page, this.#parts);
  }

  /** Documents in the order in which they came. */
  async listDocuments(input: ListInput = {}, reading: ReadOptions = {}): Promise<DocumentPage> {
    const { limit, cursor, filter } = parseRequest(listRequest, input);
    const after = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isSafeInteger(after) || after < 0) {
      throw new AkinError('INVALID_REQUEST', 'The cursor is none that a list gave as nextCursor.');
    }
    const conditions = withinVisible(filter === undefined ? {} : { filter }, reading);
    const rows: DocumentRow[] = [];
    for (;;) {
      const most = Math.min(limit + 1 - rows.length, DOCUMENTS_AT_ONCE);
      const some = await this.#parts.storage.documents.list({
        limit: most,
        after: rows.at(-1)?.key ?? after,
        ...conditions,
      });
      reading.budget?.take(some);
      rows.push(...some);
      if (some.length < most || rows.length > limit) break;
    }
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { documents: page.map(withoutKey), nextCursor: last ? String(last.key) : null };
  }

  async removeDocuments(ids: string[]): Promise<string[]> {
    return this.#writer.remove(ids);
  }

  /** Removes the documents that a filter lets through; gives their number. */
  async removeMatching(filter: unknown): Promise<number> {
    const parsed = parseFilter(filter);
    if ('and' in parsed && parsed.and.length === 0) {
      throw new AkinError(
        'INVALID_REQUEST',
        'The filter is empty; name at least one condition on what to remove.',
      );
    }
    const ids = await this.#parts.storage.documents.idsMatching(parsed);
    return (await this.removeDocuments(ids)).length;
  }

  async ingest(paths: string[], options: IngestOptions & FollowOptions = {}): Promise<Job> {
    return followJob(this.jobs, await this.startIngest(paths, options), options);
  }

  async retryFailed(options: FollowOptions = {}): Promise<Job> {
    return followJob(this.jobs, await this.startIngest(null), options);
  }

  /**
   * Queues what `ingest` does, or with null what `retryFailed` does, without waiting for it.
   * @throws AkinError INVALID_REQUEST for a column that shall give a field which there is not
   */
  async startIngest(paths: string[] | null, options: IngestOptions = {}): Promise<Job> {
    const { followLinks, ocr } = this.#parts;
    checkColumns(options.columns ?? {});
    return this.jobs.addSync(syncInput(paths, { followLinks, ocr, ...options }));
  }

  async reembed(choice: ModelChoice, options: FollowOptions = {}): Promise<Job> {
    return followJob(this.jobs, await this.jobs.addUpkeep('reembed', choice), options);
  }

  async listJobs(): Promise<Job[]> {
    return this.jobs.list();
  }

  async cancelJob(id: string): Promise<Job> {
    return this.jobs.cancel(id);
  }

  /** Where the index is stored, for people. */
  get place(): string {
    return this.#parts.storage.place;
  }

  /** Another whenever what is found may be another; begins anew with each opening. */
  get revision(): string {
    return this.#related.revision();
  }

  /** What this process has done since it opened the index. */
  get activity(): { searches: number; passagesEmbedded: number } {
    return { searches: this.#searches, passagesEmbedded: this.#writer.embedded };
  }

  /** Of what somebody sees: bytes are then those of the texts. */
  async stats({ visible }: ReadOptions = {}): Promise<Stats> {
    const { storage, embedder, semantic, keywords } = this.#parts;
    await embedder.ready();
    const { model: name, dtype, dimensions, window, sha256 } = embedder.fingerprint;
    const [{ database }, { ranking: keywordRanking }] = [storage, keywords];
    const kept = { database, keywordRanking, model: { name, dtype, dimensions, window, sha256 } };
    if (visible) {
      const counts = await storage.documents.countsMatching(visible);
      return { ...counts, vectors: counts.passages, ...kept };
    }
    const [counts, bytes] = [await storage.documents.counts(), await storage.size()];
    return { ...counts, vectors: semantic.size, bytes, ...kept };
  }

  async facets(input: FacetsInput = {}, reading: ReadOptions = {}): Promise<IndexFacets> {
    return indexFacets(this.#parts.storage, withinVisible(parseRequest(facetsRequest, input), reading));
  }

  async rebuild(options: FollowOptions = {}): Promise<Job> {
    return followJob(this.jobs, await this.jobs.addUpkeep('rebuild'), options);
  }

  async compact(options: FollowOptions = {}): Promise<Job> {
    // Where there is no server, nobody is sending anything; a server did it when it started.
    if (this.#ownerKey === null) await this.jobs.sweep();
    return followJob(this.jobs, await this.jobs.addUpkeep('compact'), options);
  }

  async backup(file: string): Promise<BackupReport> {
    return this.#parts.home.backup(file);
  }

  /** A backup in the index folder for as long as it is being sent. */
  async temporaryBackup(): Promise<TemporaryBackup> {
    return this.#parts.home.temporaryBackup();
  }

  /** The part of the 10 passages nearest to each query, by exact search, that the vector index finds; their mean. */
  async annRecall(queries: string[]): Promise<number> {
    const { embedder, semantic, storage } = this.#parts;
    const vectors: Float32Array[] = [];
    for (const query of queries) vectors.push(await embedder.embedQuery(query));
    return annRecall(vectors, semantic, storage.vectors);
  }

  /** Ends the processes that read and embed, writes the vector index's snapshot and gives the folder free. Jobs go on the next time. */
  async close(): Promise<void> {
    const stopped = this.jobs.close();
    await Promise.all([this.#map.close(), endReading(this.#parts)]);
    await stopped;
    await this.#parts.home.close();
  }

  async #stored(id: string, reading: ReadOptions): Promise<Document & { key: number }> {
    const document = await this.#parts.storage.documents.get(id);
    if (!document || (await this.#visible(reading)?.has(id)) === false) throw notFound(id);
    return document;
  }

  #visible({ visible }: ReadOptions): Visible | null {
    return visible ? new Visible(this.#parts.storage, visible) : null;
  }
}

function notFound(id: string): AkinError {
  return new AkinError('DOCUMENT_NOT_FOUND', `There is no document "${id}" in the index.`);
}
