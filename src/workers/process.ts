import { fork } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AkinError } from '../errors.js';
import type { OpenChannel } from './channel.js';

/** So much of what a process says on standard error tells how it ended. In UTF-16 units. */
const LAST_WORDS = 8_192;
const HEAP_EXHAUSTED = /heap out of memory|Reached heap limit|Allocation failed/;

export interface ProcessOptions {
  /** JavaScript memory of a process. */
  memoryMb: number;
  /** What the error says that comes when it needs more: why, and what to do. */
  outOfMemory: string;
  /** How much it lets others pass before it, 0 to 19, where the system knows of that. Default: 0 */
  niceness?: number;
}

/**
 * Workers, each a process of its own: one that takes all its memory, or breaks in native code, takes nothing else with
 * it. (A thread's heap limit does not hold for a single large allocation, V8 then ends the whole process; and
 * onnxruntime's binding keeps a handle of the last thread that loaded it, which is gone when that thread is.)
 */
export function processesOf(
  script: URL,
  data: unknown,
  { memoryMb, outOfMemory, niceness = 0 }: ProcessOptions,
): OpenChannel {
  return ({ reply, ended }) => {
    const child = fork(fileURLToPath(script), [JSON.stringify(data)], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (child.pid !== undefined) yieldTo(child.pid, niceness);
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      lastWords = (lastWords + words).slice(-LAST_WORDS);
    });
    child.on('message', reply);
    child.on('error', ended);
    child.on('close', (code, signal) => {
      const spoken = HEAP_EXHAUSTED.test(lastWords);
      ended(spoken ? new AkinError('OUT_OF_MEMORY', outOfMemory) : endOf(code, signal, lastWords));
    });
    return {
      // To one that did not start, or has gone, nothing can be sent: `ended` tells of it.
      send: (message) => void (child.connected && child.send(message as object)),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

/** Lowers the priority of a process. */
function yieldTo(pid: number, niceness: number): void {
  try {
    setPriority(pid, Math.max(getPriority(), niceness));
  } catch {
    // A wish: the same work is done at any priority, and systems refuse it for reasons of their own.
  }
}

/** What it said before is for who runs Akin, not for who sent what it was at. */
function endOf(code: number | null, signal: NodeJS.Signals | null, lastWords: string): AkinError {
  const words = lastWords.trim();
  const how = signal ?? `exit code ${code}`;
  if (words !== '') process.emitWarning(`A process ended unexpectedly (${how}): ${words}`);
  return new AkinError(
    'PROCESS_DIED',
    `The process that worked on it ended unexpectedly (${how}). If the system is short of memory, give it more or lower AKIN_THREADS; otherwise leave this out, and report it.`,
  );
}
