import type { Steps } from '../turns.js';
import { boundsOf } from './bounds.js';
import { growingOrder } from './growing-order.js';
import type { LiveDocuments } from './live-documents.js';
import type { Postings, Segment } from './segment.js';

/** After so many terms others may have their turn. */
const TERMS_AT_ONCE = 4_096;

/** The ordinal of a document that is gone. */
const GONE = -1;

/** A segment that is merged with others, and what becomes of its parts. */
interface Merged {
  postings: Postings;
  /** By ordinal: the one in the merged segment. */
  ordinals: Int32Array;
  /** By place: that of the term in the merged segment. */
  places: Uint32Array;
}

/** Merges what is live of some segments into one, its documents in the order of the segments. */
export function* mergeSegments(segments: Segment[], live: LiveDocuments): Steps<Segment> {
  const documents = liveDocuments(segments, live);
  const { terms, places } = yield* distinctTerms(segments);
  const merged = segments.map((postings, index) => ({
    postings,
    ordinals: documents.ordinals[index] ?? new Int32Array(),
    places: places[index] ?? new Uint32Array(),
  }));
  const starts = new Uint32Array(terms.length + 1);
  for (const segment of merged) {
    countPostings(segment, starts);
    yield;
  }
  for (let place = 0; place < terms.length; place++) {
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  }
  const ends = starts.slice();
  const ordinals = new Uint16Array(starts.at(-1) ?? 0);
  const counts = new Uint16Array(ordinals.length);
  for (const segment of merged) {
    for (let place = 0; place < segment.places.length; place += TERMS_AT_ONCE) {
      copyPostings(segment, place, { ends, ordinals, counts });
      yield;
    }
  }
  const { keys, versions, lengths } = documents;
  const postings = { keys, versions, lengths, ...termsLeft(terms, starts), ordinals, counts };
  return { ...postings, bounds: yield* boundsOf(postings, live.averageLength) };
}

/** The documents of a merged segment, and for each segment which ordinals its documents get there. */
function liveDocuments(
  segments: Segment[],
  live: LiveDocuments,
): Pick<Postings, 'keys' | 'versions' | 'lengths'> & { ordinals: Int32Array[] } {
  const size = segments.reduce((sum, { keys }) => sum + keys.length, 0);
  const [keys, versions, lengths] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)];
  let next = 0;
  const ordinals = segments.map((segment) => {
    const own = new Int32Array(segment.keys.length).fill(GONE);
    for (let ordinal = 0; ordinal < own.length; ordinal++) {
      const key = segment.keys[ordinal] ?? 0;
      const version = segment.versions[ordinal] ?? 0;
      if (!live.has(key, version)) continue;
      keys[next] = key;
      versions[next] = version;
      lengths[next] = segment.lengths[ordinal] ?? 0;
      own[ordinal] = next++;
    }
    return own;
  });
  return {
    keys: keys.slice(0, next),
    versions: versions.slice(0, next),
    lengths: lengths.slice(0, next),
    ordinals,
  };
}

/** The terms of some segments, growing, each once, and for each segment where its terms stand among them. */
function* distinctTerms(segments: Segment[]): Steps<{ terms: Uint32Array; places: Uint32Array[] }> {
  const all = new Uint32Array(segments.reduce((sum, { terms }) => sum + terms.length, 0));
  let first = 0;
  const firsts = segments.map(({ terms }) => {
    all.set(terms, first);
    first += terms.length;
    return first - terms.length;
  });
  const order = yield* growingOrder(all);
  const places = new Uint32Array(all.length);
  const terms = new Uint32Array(all.length);
  let size = 0;
  for (let index = 0; index < order.length; index++) {
    const at = order[index] ?? 0;
    const term = all[at] ?? 0;
    if (size === 0 || terms[size - 1] !== term) terms[size++] = term;
    places[at] = size - 1;
  }
  return {
    terms: terms.slice(0, size),
    places: segments.map((segment, index) => {
      const from = firsts[index] ?? 0;
      return places.subarray(from, from + segment.terms.length);
    }),
  };
}

/** Adds how many live postings each term has, each one place behind the term's own. */
function countPostings({ postings, ordinals, places }: Merged, counted: Uint32Array): void {
  const { starts } = postings;
  const isWhole = !ordinals.includes(GONE);
  for (let place = 0; place < places.length; place++) {
    const [first, last] = [starts[place] ?? 0, starts[place + 1] ?? 0];
    let count = last - first;
    if (!isWhole) {
      for (let posting = first; posting < last; posting++) {
        if (ordinals[postings.ordinals[posting] ?? 0] === GONE) count--;
      }
    }
    const after = (places[place] ?? 0) + 1;
    counted[after] = (counted[after] ?? 0) + count;
  }
}

/** Copies the live postings of some terms, the first at `from`, each behind the others of the same term. */
function copyPostings(
  { postings, ordinals: renumbered, places }: Merged,
  from: number,
  { ends, ordinals, counts }: { ends: Uint32Array; ordinals: Uint16Array; counts: Uint16Array },
): void {
  const { starts, ordinals: own, counts: ownCounts } = postings;
  const until = Math.min(places.length, from + TERMS_AT_ONCE);
  for (let place = from; place < until; place++) {
    const target = places[place] ?? 0;
    let end = ends[target] ?? 0;
    const last = starts[place + 1] ?? 0;
    for (let posting = starts[place] ?? 0; posting < last; posting++) {
      const ordinal = renumbered[own[posting] ?? 0] ?? GONE;
      if (ordinal === GONE) continue;
      ordinals[end] = ordinal;
      counts[end] = ownCounts[posting] ?? 0;
      end++;
    }
    ends[target] = end;
  }
}

/** Leaves out the terms that no live document has. */
function termsLeft(terms: Uint32Array, starts: Uint32Array): Pick<Postings, 'terms' | 'starts'> {
  const [kept, keptStarts] = [terms.slice(), starts.slice()];
  let size = 0;
  for (let place = 0; place < terms.length; place++) {
    const start = starts[place] ?? 0;
    if (start === starts[place + 1]) continue;
    kept[size] = terms[place] ?? 0;
    keptStarts[size++] = start;
  }
  keptStarts[size] = starts.at(-1) ?? 0;
  return { terms: kept.slice(0, size), starts: keptStarts.slice(0, size + 1) };
}
