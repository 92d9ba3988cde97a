import type { Steps } from '../turns.js';

const BITS_AT_ONCE = 11;
const DIGITS = 1 << BITS_AT_ONCE;

/** Puts numbers in growing order, equal ones as they come (radix sort): gives where each of them stands in `numbers`. */
export function* growingOrder(numbers: Uint32Array): Steps<Uint32Array> {
  let order = new Uint32Array(numbers.length);
  let greatest = 0;
  for (let place = 0; place < numbers.length; place++) {
    order[place] = place;
    greatest = Math.max(greatest, numbers[place] ?? 0);
  }
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += BITS_AT_ONCE) {
    order = orderedByDigit(numbers, order, shift);
    yield;
  }
  return order;
}

function orderedByDigit(numbers: Uint32Array, order: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(DIGITS + 1);
  for (let place = 0; place < numbers.length; place++) {
    const after = (((numbers[place] ?? 0) >>> shift) & (DIGITS - 1)) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let digit = 1; digit < DIGITS; digit++) next[digit] = (next[digit] ?? 0) + (next[digit - 1] ?? 0);
  const ordered = new Uint32Array(order.length);
  for (let index = 0; index < order.length; index++) {
    const place = order[index] ?? 0;
    const digit = ((numbers[place] ?? 0) >>> shift) & (DIGITS - 1);
    const to = next[digit] ?? 0;
    ordered[to] = place;
    next[digit] = to + 1;
  }
  return ordered;
}
