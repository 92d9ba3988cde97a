import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AkinError } from '../errors.js';
import type { OpenChannel } from './channel.js';

/** So much of what a process says on standard error tells how it ended. In UTF-16 units. */
const LAST_WORDS = 8_192;
const HEAP_EXHAUSTED = /heap out of memory|Reached heap limit|Allocation failed/;

/**
 * Workers that are processes of their own: one that takes all its memory, or breaks in native code, takes nothing
 * else with it. (A thread's heap limit does not hold for a single large allocation: V8 then ends the whole process.)
 *
 * @param memoryMb JavaScript memory of a process
 */
export function processesOf(script: URL, data: unknown, memoryMb: number): OpenChannel {
  return ({ reply, ended }) => {
    const child = fork(fileURLToPath(script), [JSON.stringify(data)], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      lastWords = (lastWords + words).slice(-LAST_WORDS);
    });
    child.on('message', reply);
    child.on('error', ended);
    child.on('close', (code, signal) => ended(endOf(code, signal, lastWords)));
    return {
      send: (message) => void child.send(message as object),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function endOf(code: number | null, signal: NodeJS.Signals | null, lastWords: string): Error {
  if (HEAP_EXHAUSTED.test(lastWords)) {
    return new AkinError(
      'OUT_OF_MEMORY',
      'It needs more memory than one file may have. Split it, or raise AKIN_READER_MEMORY_MB.',
    );
  }
  return new Error(`A process ended unexpectedly (${signal ?? `exit code ${code}`}): ${lastWords.trim()}`);
}
