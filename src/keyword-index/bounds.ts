import type { Steps } from '../turns.js';
import { saturation } from './bm25.js';
import { type Bounds, type Postings, WINDOW, windowsOf } from './segment.js';

/** Terms with fewer postings are bounded when they are asked for. */
export const LEAST_BOUNDED = 64;

/** After so many postings others may have their turn. */
const POSTINGS_AT_ONCE = 65_536;

export const NO_BOUNDS: Bounds = { averageLength: 1, places: new Uint32Array(), most: new Uint8Array() };

/** Bounds how much the terms of a segment can score in each of its windows. One that is small needs none. */
export function* boundsOf(
  { lengths, starts, ordinals, counts }: Postings,
  averageLength: number,
): Steps<Bounds> {
  const windows = windowsOf(lengths.length);
  if (windows <= 1) return NO_BOUNDS;
  const { base, perWord } = saturation(averageLength);
  const places: number[] = [];
  for (let place = 0; place + 1 < starts.length; place++) {
    if ((starts[place + 1] ?? 0) - (starts[place] ?? 0) >= LEAST_BOUNDED) places.push(place);
  }
  const most = new Uint8Array(places.length * windows);
  const parts = new Float64Array(windows);
  let done = 0;
  for (const [index, place] of places.entries()) {
    const [start, end] = [starts[place] ?? 0, starts[place + 1] ?? 0];
    parts.fill(0);
    for (let posting = start; posting < end; posting++) {
      const ordinal = ordinals[posting] ?? 0;
      const count = counts[posting] ?? 0;
      const part = count / (count + base + perWord * (lengths[ordinal] ?? 0));
      const window = Math.floor(ordinal / WINDOW);
      if (part > (parts[window] ?? 0)) parts[window] = part;
    }
    for (let window = 0; window < windows; window++) {
      most[index * windows + window] = Math.ceil(255 * (parts[window] ?? 0));
    }
    done += end - start;
    if (done < POSTINGS_AT_ONCE) continue;
    done = 0;
    yield;
  }
  return { averageLength, places: Uint32Array.from(places), most };
}
