import { processesOf } from '../workers/process.js';
import { TaskWorker } from '../workers/task-worker.js';
import type { BackupSeal } from './backup-file.js';

const SCRIPT = new URL('./sealing-process.js', import.meta.url);

/** JavaScript memory of the process; SQLite's own comes on top. */
const MEMORY_MB = 256;

export interface SealingTask {
  path: string;
  what: 'seal' | 'check';
}

/**
 * Reads a copied database from end to end in a process of its own, in which searches need not wait for it: to make it a
 * backup, or to check what came out of one.
 * @throws AkinError INDEX_DAMAGED, or INDEX_TOO_NEW for one that is checked
 */
export async function seal(path: string): Promise<BackupSeal> {
  const sealed = await inProcess({ path, what: 'seal' });
  if (!sealed) throw new Error(`${path} was not sealed`);
  return sealed;
}

/** @throws AkinError INDEX_DAMAGED or INDEX_TOO_NEW */
export async function check(path: string): Promise<void> {
  await inProcess({ path, what: 'check' });
}

async function inProcess(task: SealingTask): Promise<BackupSeal | null> {
  const worker = new TaskWorker<SealingTask, BackupSeal | null>(
    processesOf(SCRIPT, null, {
      memoryMb: MEMORY_MB,
      outOfMemory: 'The backup could not be checked for want of memory.',
      niceness: 10,
    }),
  );
  try {
    return await worker.run(task);
  } finally {
    await worker.close();
  }
}
