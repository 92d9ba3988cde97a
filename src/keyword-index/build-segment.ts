import type { TermCounts } from '../storage/term-counts.js';
import { atOnce } from '../turns.js';
import { NO_BOUNDS } from './bounds.js';
import { growingOrder } from './growing-order.js';
import type { Segment } from './segment.js';

/** A document as it was written. */
export interface WrittenDocument {
  key: number;
  /** The number of the write. */
  version: number;
  counts: TermCounts;
}

/** Makes a segment of a few documents: of the terms of each, the documents of each term. */
export function buildSegment(documents: WrittenDocument[]): Segment {
  const size = documents.reduce((sum, { counts }) => sum + counts.terms.length, 0);
  const [found, ordinals, counts] = [new Uint32Array(size), new Uint16Array(size), new Uint16Array(size)];
  let first = 0;
  for (const [ordinal, { counts: own }] of documents.entries()) {
    found.set(own.terms, first);
    counts.set(own.counts, first);
    ordinals.fill(ordinal, first, first + own.terms.length);
    first += own.terms.length;
  }
  const order = atOnce(growingOrder(found));
  return {
    keys: Uint32Array.from(documents, ({ key }) => key),
    versions: Uint32Array.from(documents, ({ version }) => version),
    lengths: Uint32Array.from(documents, ({ counts: { length } }) => length),
    ...termsIn(found, order),
    ordinals: inOrder(ordinals, order),
    counts: inOrder(counts, order),
    bounds: NO_BOUNDS,
  };
}

/** The terms, each once, and where the first of each stands in the order. */
function termsIn(found: Uint32Array, order: Uint32Array): Pick<Segment, 'terms' | 'starts'> {
  const [terms, starts] = [new Uint32Array(order.length), new Uint32Array(order.length + 1)];
  let size = 0;
  for (let posting = 0; posting < order.length; posting++) {
    const term = found[order[posting] ?? 0] ?? 0;
    if (size > 0 && terms[size - 1] === term) continue;
    terms[size] = term;
    starts[size++] = posting;
  }
  starts[size] = order.length;
  return { terms: terms.slice(0, size), starts: starts.slice(0, size + 1) };
}

function inOrder(numbers: Uint16Array, order: Uint32Array): Uint16Array {
  const ordered = new Uint16Array(order.length);
  for (let index = 0; index < order.length; index++) ordered[index] = numbers[order[index] ?? 0] ?? 0;
  return ordered;
}
