import { Worker } from 'node:worker_threads';
import { errorMessage } from '../errors.js';
import type { OpenChannel } from './channel.js';

/** Workers that are threads of this process: they share its libraries' memory, and it ends with them. */
export function threadsOf(script: URL, data: unknown): OpenChannel {
  return ({ reply, ended }) => {
    // Options that fit the main script, such as --input-type, need not fit this one.
    const worker = new Worker(script, { workerData: data, execArgv: [] });
    worker.on('message', reply);
    worker.on('error', ended);
    worker.on('messageerror', ended);
    worker.on('exit', (code) => ended(new Error(`A thread ended unexpectedly with exit code ${code}.`)));
    return {
      send: (message, transfer) => worker.postMessage(message, transfer),
      kill: () => void worker.terminate().catch((error) => process.emitWarning(errorMessage(error))),
    };
  };
}
