import { checkCopy, finishCopy } from '../storage/copied-database.js';
import { serveTasks } from '../workers/serve-tasks.js';
import { type BackupSeal, sealBackup } from './backup-file.js';
import type { SealingTask } from './sealing.js';

serveTasks<SealingTask>(async ({ path, what }): Promise<BackupSeal | null> => {
  if (what === 'check') {
    checkCopy(path);
    return null;
  }
  finishCopy(path);
  return sealBackup(path);
});
