import type { SizedText } from '../embedding/embedder.js';
import type { ErrorIssue } from '../errors.js';
import type { Failure, ParsedDocument } from '../types.js';
import { processesOf } from '../workers/process.js';
import { TaskPool } from '../workers/task-pool.js';
import { UnderWay } from '../workers/under-way.js';
import type { ReadLimits } from './limits.js';
import type { PictureTask } from './paint-page.js';
import type { PreparedDocument } from './prepare.js';

const SCRIPT = new URL('./reading-process.js', import.meta.url);

/** What the reading process must know of the model: where its tokenizer is, and how much fits. */
export interface ReadingSettings {
  modelFolder: string;
  window: number;
  limits: ReadLimits;
}

export interface FileTask {
  path: string;
  /** The name that the file goes by, for its type and in failures. */
  name: string;
  /** A file with this SHA-256 is not parsed again. */
  knownHash: string | null;
  maxBytes: number;
  columns: Record<string, string>;
  ocr: boolean;
}

export interface InputsTask {
  /** Documents as JSON texts or as what a JSON text gave. */
  inputs: unknown[];
}

export interface EntryTask {
  path: string;
  name: string;
  /** The path of a file in the archive. */
  entry: string;
  columns: Record<string, string>;
  ocr: boolean;
}

export interface PrepareTask {
  documents: ParsedDocument[];
}

/** A passage that is stored, and what is put before it. */
export interface StoredInput {
  title: string | null;
  heading: string | null;
  text: string;
}

export interface PassagesTask {
  passages: StoredInput[];
}

/** A page to paint. */
export interface PaintTask {
  picture: PictureTask;
}

export type ReadingTask = FileTask | EntryTask | InputsTask | PrepareTask | PassagesTask | PaintTask;

/** What a file gave. */
export interface ReadFile {
  hash: string;
  /** Its hash was the known one; it was not parsed. */
  unchanged: boolean;
  documents: PreparedDocument[];
  failures: Failure[];
  /** Only of an archive, whose documents are read one file at a time: the paths of the files in it. */
  entries?: string[];
}

/** What one JSON document gave. */
export type ReadInput =
  | { document: PreparedDocument }
  | { failure: Omit<Failure, 'item'>; issues: ErrorIssue[] };

export interface ReaderOptions extends ReadingSettings {
  /** A file that takes longer is given up, and its process replaced. In milliseconds. */
  timeoutMs: number;
  maxFileBytes: number;
  /** In megabytes; a file that needs more is given up, and its process replaced. */
  memoryMb: number;
}

export type ReadingResult = ReadFile | ReadInput[] | PreparedDocument[] | SizedText[] | Uint8Array;
type ReadingPool = TaskPool<ReadingTask, ReadingResult>;

export interface ReadFileOptions {
  /** A file with this SHA-256 is not parsed again. Default: none */
  knownHash?: string | null;
  /** Which column of a table gives which field. Default: told by the headers */
  columns?: Record<string, string>;
  /** Read scanned PDFs by their letters' shapes. Default: false */
  ocr?: boolean;
}

/**
 * Reads, parses and splits documents in a process of its own: hostile files neither block nor end this one. What somebody
 * waits for has another one while that is busy.
 */
export class Reader {
  #pool: ReadingPool;
  #underWay = new UnderWay();
  readonly #maxBytes: number;

  constructor(options: ReaderOptions) {
    this.#pool = poolOf(options);
    this.#maxBytes = options.maxFileBytes;
  }

  /** Reads on for another model; resolves when what was under way is done. */
  async replace(options: ReaderOptions): Promise<void> {
    const [former, underWay] = [this.#pool, this.#underWay];
    this.#pool = poolOf(options);
    this.#underWay = new UnderWay();
    await underWay.settled();
    await former.close();
  }

  /**
   * Reads a file; of an archive, only what is in it.
   * @throws AkinError with the reason why the file can't be taken
   */
  readFile(
    path: string,
    name: string,
    { knownHash = null, columns = {}, ocr = false }: ReadFileOptions = {},
  ): Promise<ReadFile> {
    const task: FileTask = { path, name, knownHash, columns, ocr, maxBytes: this.#maxBytes };
    return this.#run(task) as Promise<ReadFile>;
  }

  /**
   * Reads one file of an archive, whose path there {@link readFile} gave; its documents have that as `part`.
   * @throws AkinError with the reason why it can't be taken
   */
  readEntry(
    path: string,
    name: string,
    entry: string,
    { columns = {}, ocr = false }: Omit<ReadFileOptions, 'knownHash'> = {},
  ): Promise<ReadFile> {
    return this.#run({ path, name, entry, columns, ocr }) as Promise<ReadFile>;
  }

  /** One answer for each input, in the same order. Urgent ones do not wait for files. */
  readInputs(inputs: unknown[], { urgent = false } = {}): Promise<ReadInput[]> {
    return this.#run({ inputs }, { urgent }) as Promise<ReadInput[]>;
  }

  /** Parts documents into passages that are parsed already. */
  prepare(documents: ParsedDocument[]): Promise<PreparedDocument[]> {
    return this.#run({ documents }) as Promise<PreparedDocument[]>;
  }

  /** What is embedded of passages that are stored, with the model's tokens. Urgent ones do not wait for files. */
  inputsOf(passages: StoredInput[], { urgent = false } = {}): Promise<SizedText[]> {
    return this.#run({ passages }, { urgent }) as Promise<SizedText[]>;
  }

  /** Paints a page of a PDF as a PNG, without waiting for files. */
  paintPage(picture: PictureTask): Promise<Uint8Array> {
    return this.#run({ picture }, { urgent: true }) as Promise<Uint8Array>;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #run(...task: Parameters<ReadingPool['run']>): ReturnType<ReadingPool['run']> {
    return this.#underWay.track(this.#pool.run(...task));
  }
}

function poolOf({ timeoutMs, maxFileBytes: _maxFileBytes, memoryMb, ...data }: ReaderOptions): ReadingPool {
  const processes = processesOf(SCRIPT, data satisfies ReadingSettings, {
    memoryMb,
    outOfMemory: 'It needs more memory than one file may have. Split it, or raise AKIN_READER_MEMORY_MB.',
  });
  return new TaskPool(1, processes, { timeoutMs, spare: true });
}
