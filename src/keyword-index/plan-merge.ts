import { groupBy } from '../group-by.js';
import { MOST_IN_SEGMENT } from './segment.js';

/** So many segments of about one size are merged into one. */
const FANOUT = 8;

/**
 * Which segments are to be merged next, as their places, growing; none where all is well. Those of about the same size
 * are merged, so that a posting is copied once for each power of `FANOUT` (a log-structured merge tree).
 *
 * @param sizes how many documents each has
 */
export function planMerge(sizes: number[]): number[] {
  const levels = groupBy(sizes.keys(), (place) =>
    Math.floor(Math.log2(sizes[place] ?? 0) / Math.log2(FANOUT)),
  );
  for (const places of levels.values()) {
    if (places.length < FANOUT) continue;
    const fitting = thatFit(places, sizes);
    if (fitting.length > 1) return fitting;
  }
  return [];
}

/** The first of these segments that together are none too large. */
function thatFit(places: number[], sizes: number[]): number[] {
  let documents = 0;
  const end = places.findIndex((place) => {
    documents += sizes[place] ?? 0;
    return documents > MOST_IN_SEGMENT;
  });
  return end < 0 ? places : places.slice(0, end);
}
