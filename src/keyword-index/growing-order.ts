import type { Steps } from '../turns.js';

const BITS_AT_ONCE = 11;
const DIGITS = 1 << BITS_AT_ONCE;

/** After so many numbers others may have their turn. */
const NUMBERS_AT_ONCE = 65_536;

/** Puts numbers in growing order, equal ones as they come (radix sort): gives where each of them stands in `numbers`. */
export function* growingOrder(numbers: Uint32Array): Steps<Uint32Array> {
  let order = new Uint32Array(numbers.length);
  let greatest = 0;
  for (let place = 0; place < numbers.length; place++) {
    order[place] = place;
    greatest = Math.max(greatest, numbers[place] ?? 0);
  }
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += BITS_AT_ONCE) {
    yield;
    const next = firstPlaces(numbers, shift);
    const ordered = new Uint32Array(order.length);
    for (let first = 0; first < order.length; first += NUMBERS_AT_ONCE) {
      yield;
      orderByDigit(numbers, shift, order.subarray(first, first + NUMBERS_AT_ONCE), next, ordered);
    }
    order = ordered;
  }
  return order;
}

/** By digit: how many numbers have a lesser one, and so where the first goes that has this one. */
function firstPlaces(numbers: Uint32Array, shift: number): Uint32Array {
  const places = new Uint32Array(DIGITS + 1);
  for (let place = 0; place < numbers.length; place++) {
    const after = (((numbers[place] ?? 0) >>> shift) & (DIGITS - 1)) + 1;
    places[after] = (places[after] ?? 0) + 1;
  }
  for (let digit = 1; digit < DIGITS; digit++)
    places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  return places;
}

/** @param next by digit: where the next number that has it goes; moved on */
function orderByDigit(
  numbers: Uint32Array,
  shift: number,
  order: Uint32Array,
  next: Uint32Array,
  ordered: Uint32Array,
): void {
  for (let index = 0; index < order.length; index++) {
    const place = order[index] ?? 0;
    const digit = ((numbers[place] ?? 0) >>> shift) & (DIGITS - 1);
    const to = next[digit] ?? 0;
    ordered[to] = place;
    next[digit] = to + 1;
  }
}
