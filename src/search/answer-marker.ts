import { processesOf } from '../workers/process.js';
import { TaskPool } from '../workers/task-pool.js';
import type { TextRange } from './highlight.js';
import type { SoughtWord } from './sought-words.js';

const SCRIPT = new URL('./marking-process.js', import.meta.url);

/** JavaScript memory of the process; it needs 40 MB. */
const MEMORY_MB = 256;

/** A passage in which the sentence that answers is sought. */
export interface MarkedPassage {
  text: string;
  /** Of its document, a BCP 47 tag; null where it is not known. */
  language: string | null;
}

export interface MarkingTask {
  /** Of the query, each once. */
  words: SoughtWord[];
  passages: MarkedPassage[];
}

/** Finds the sentences that answer in a process of its own: it takes as long as all else in a search that this one does. */
export class AnswerMarker {
  readonly #process: TaskPool<MarkingTask, (TextRange | null)[]>;

  #started = false;

  constructor() {
    this.#process = new TaskPool(
      1,
      processesOf(SCRIPT, null, {
        memoryMb: MEMORY_MB,
        outOfMemory: 'The sentences that answer could not be sought for want of memory.',
      }),
    );
  }

  /** Starts the process, which takes half a second, if it was not started; without, it starts with the first passages. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    // A failure to start is met by the searches.
    this.answersIn([], []).catch(() => undefined);
  }

  /** For each passage the place of the sentence that answers a query; null where nothing in it has to do with it. */
  answersIn(words: SoughtWord[], passages: MarkedPassage[]): Promise<(TextRange | null)[]> {
    return this.#process.run({ words, passages });
  }

  /** Ends the process; what is under way is rejected with `CANCELLED`. */
  close(): Promise<void> {
    return this.#process.close();
  }
}
