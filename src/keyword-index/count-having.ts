import type { LiveDocuments } from './live-documents.js';
import { placeOf, type Segment } from './segment.js';

/** How many documents have any of some terms, those with several counted once. */
export function countHaving(terms: number[], segments: Segment[], live: LiveDocuments): number {
  let count = 0;
  for (const { keys, versions, terms: own, starts, ordinals } of segments) {
    const counted = new Uint8Array(keys.length);
    for (const place of terms.map((term) => placeOf(term, own)).filter((found) => found >= 0)) {
      for (const ordinal of ordinals.subarray(starts[place], starts[place + 1])) {
        if (counted[ordinal] === 1) continue;
        counted[ordinal] = 1;
        if (live.has(keys[ordinal] ?? 0, versions[ordinal] ?? 0)) count++;
      }
    }
  }
  return count;
}
