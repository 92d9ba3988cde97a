/** What an answer may have in characters, some 3,000 tokens: a model's context is dear. */
export const BUDGET = 12_000;

/** A passage as long as this is cut around what answers. */
const LONGEST_PASSAGE = 900;
/** How far a cut may move to stand between words. */
const EDGE = 80;

/** A part of a passage, and whether some of it was left out. */
export interface Excerpt {
  text: string;
  cut: boolean;
}

/** A passage's text, cut around the place that matters where it is long. */
export function excerptOf(text: string, place: readonly [number, number] | null): Excerpt {
  if (text.length <= LONGEST_PASSAGE) return { text, cut: false };
  const [start, end] = place ?? [0, 0];
  const middle = Math.floor((start + Math.min(end, start + LONGEST_PASSAGE)) / 2);
  const from = Math.max(0, Math.min(middle - LONGEST_PASSAGE / 2, text.length - LONGEST_PASSAGE));
  const to = from + LONGEST_PASSAGE;
  // From white space to white space, where there is some near by.
  const begin = from === 0 ? 0 : from + Math.max(0, text.slice(from, from + EDGE).search(/\s\S/) + 1);
  const space = text.slice(to - EDGE, to).search(/\s\S*$/);
  const stop = to >= text.length ? text.length : space < 0 ? to : to - EDGE + space;
  return {
    text: `${begin > 0 ? '… ' : ''}${wellFormed(text.slice(begin, stop)).trim()}${stop < text.length ? ' …' : ''}`,
    cut: true,
  };
}

/**
 * Chooses what fits: every entry with its best part first, in order, then second parts, and so on. An entry that does not fit with its
 * best part is left out with all that come after it.
 *
 * @param sizes of each entry without parts, and of its parts
 * @returns how many parts of each entry, for as many entries as fit
 */
export function partsThatFit(sizes: { bare: number; parts: number[] }[], budget = BUDGET): number[] {
  let left = budget;
  const chosen: number[] = [];
  for (const { bare, parts } of sizes) {
    const size = bare + (parts[0] ?? 0);
    if (size > left && chosen.length > 0) break;
    left -= size;
    chosen.push(Math.min(1, parts.length));
  }
  const most = Math.max(0, ...sizes.map(({ parts }) => parts.length));
  for (let round = 1; round < most; round++) {
    for (const [index, count] of chosen.entries()) {
      const size = sizes[index]?.parts[round];
      if (size === undefined || count < round || size > left) continue;
      left -= size;
      chosen[index] = round + 1;
    }
  }
  return chosen;
}

/** A cut may part a pair of surrogates. */
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
