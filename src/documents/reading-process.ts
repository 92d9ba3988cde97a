import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { SizedText } from '../embedding/embedder.js';
import { loadTokenizer, tokenIds } from '../embedding/sentence-encoder.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { Failure, ParsedDocument } from '../types.js';
import { serveTasks, taskData } from '../workers/serve-tasks.js';
import { ArchiveReader } from './archive-reader.js';
import { checkDocumentInput, readDocumentInput } from './input.js';
import { parseDocumentInput, parseFile } from './parse.js';
import { type PreparedDocument, passageInput, prepareDocument } from './prepare.js';
import { readError } from './read-error.js';
import type {
  EntryTask,
  FileTask,
  InputsTask,
  PassagesTask,
  ReadFile,
  ReadInput,
  ReadingResult,
  ReadingSettings,
  ReadingTask,
} from './reader.js';
import { shareWindow } from './split.js';

const { modelFolder, window, limits } = taskData<ReadingSettings>();
const tokenizer = loadTokenizer(modelFolder);
// A failure to load is the answer to each task, not an unhandled rejection before the first.
tokenizer.catch(() => undefined);
const budget = shareWindow(window);
const archives = new ArchiveReader();

serveTasks<ReadingTask>(perform);

async function prepare(document: ParsedDocument): Promise<PreparedDocument> {
  const loaded = await tokenizer;
  return prepareDocument(document, (text) => tokenIds(loaded, text).length, budget);
}

async function inputsOf({ passages }: PassagesTask): Promise<SizedText[]> {
  const loaded = await tokenizer;
  return passages.map((passage) => passageInput(passage, (text) => tokenIds(loaded, text).length, budget));
}

async function perform(task: ReadingTask): Promise<ReadingResult> {
  if ('picture' in task) return (await import('./paint-page.js')).paintPage(task.picture);
  if ('passages' in task) return inputsOf(task);
  if ('documents' in task) return Promise.all(task.documents.map(prepare));
  if ('inputs' in task) return readInputs(task);
  return 'entry' in task ? readEntry(task) : readFile(task);
}

async function readFile({ path, name, knownHash, maxBytes, columns, ocr }: FileTask): Promise<ReadFile> {
  const options = { limits, ocr, columns };
  const listed = await archives.list(path, name, options);
  if (listed) {
    const hash = await hashOf(path);
    if (hash === knownHash) return unchanged(hash);
    return { hash, unchanged: false, documents: [], ...listed };
  }
  const bytes = await readBounded(path, maxBytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash === knownHash) return unchanged(hash);
  const { documents, failures } = await parseFile(bytes, name, options);
  return { hash, unchanged: false, documents: await Promise.all(documents.map(prepare)), failures };
}

async function readEntry({ path, name, entry, columns, ocr }: EntryTask): Promise<ReadFile> {
  const { documents, failures } = await archives.read(path, name, entry, { limits, ocr, columns });
  return { hash: '', unchanged: false, documents: await Promise.all(documents.map(prepare)), failures };
}

function unchanged(hash: string): ReadFile {
  return { hash, unchanged: true, documents: [], failures: [] };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function readInputs({ inputs }: InputsTask): Promise<ReadInput[]> {
  return Promise.all(
    inputs.map(async (input): Promise<ReadInput> => {
      try {
        const value = typeof input === 'string' ? parseJson(input) : input;
        checkDocumentInput(value);
        return { document: await prepare(await parseDocumentInput(readDocumentInput(value))) };
      } catch (error) {
        return { failure: failureOf(error), issues: error instanceof AkinError ? (error.issues ?? []) : [] };
      }
    }),
  );
}

function failureOf(error: unknown): Omit<Failure, 'item'> {
  return { code: errorCode(error), detail: errorMessage(error) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new AkinError('INVALID_JSON', `The line is no JSON: ${errorMessage(error)}.`, { cause: error });
  }
}

async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > maxBytes) {
        const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
        throw new AkinError(
          'FILE_TOO_LARGE',
          `The file has ${megabytes(size)} MB, the limit is ${megabytes(maxBytes)} MB. Split it, or raise AKIN_MAX_FILE_BYTES.`,
        );
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readError(error);
  }
}
