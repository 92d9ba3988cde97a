/** Random numbers that are the same for the same seed. */
export interface Random {
  /** From 0 up to 1. */
  number(): number;
  /** A whole number from 0 up to a limit. */
  below(limit: number): number;
  /** Of the normal distribution with the mean 0 and the deviation 1. */
  normal(): number;
  /** @throws RangeError where there is none */
  oneOf<Item>(items: readonly Item[]): Item;
}

/** A generator by xorshift (Marsaglia, "Xorshift RNGs", 2003) of 32 bits. */
export function seededRandom(seed: number): Random {
  // A state of nothing but zeros would stay so.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const number = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(number() * limit);
  return {
    number,
    below,
    // Box and Muller's way; the logarithm of zero is none.
    normal: () => Math.sqrt(-2 * Math.log(1 - number())) * Math.cos(2 * Math.PI * number()),
    oneOf: (items) => {
      const place = below(items.length);
      if (place >= items.length) throw new RangeError('There is nothing to choose from.');
      return items[place] as (typeof items)[number];
    },
  };
}
