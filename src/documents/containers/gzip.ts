import { gunzipSync } from 'node:zlib';
import { AkinError, errorMessage } from '../../errors.js';
import type { ReadBudget } from './budget.js';

/**
 * What a gzip file holds.
 * @throws AkinError DAMAGED_FILE, or ARCHIVE_TOO_LARGE
 */
export function expandGzip(bytes: Uint8Array, budget: ReadBudget): Buffer {
  try {
    const expanded = gunzipSync(bytes, { maxOutputLength: Math.max(1, budget.largestPart) });
    budget.takeBytes(expanded.length);
    return expanded;
  } catch (error) {
    if (error instanceof AkinError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw budget.tooManyBytes();
    const message = `The compressed file is damaged or incomplete (${errorMessage(error)}): get it anew.`;
    throw new AkinError('DAMAGED_FILE', message, { cause: error });
  }
}

/** The name of what a gzip file holds: `a.txt.gz` is `a.txt`. */
export function nameInGzip(name: string): string {
  return name
    .replace(/\.(?:gz|gzip)$/i, '')
    .replace(/\.svgz$/i, '.svg')
    .replace(/\.tgz$/i, '.tar');
}
