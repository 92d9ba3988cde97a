/** How often a document has each of its terms. */
export interface TermCounts {
  /** The terms' numbers, growing. */
  terms: Uint32Array;
  /** For each, how often: in the title `TITLE_WEIGHT` times as much as in the text. */
  counts: Uint16Array;
  /** The document's length by which BM25 weighs the counts: its words, and one for their way of stemming. */
  length: number;
}

/** What a word in the title weighs against one in the text. */
export const TITLE_WEIGHT = 2;

/** One that is there more often has all but a thousandth of what it could score. */
const MOST_COUNTED = 65_535;

/** @param counted each term's number with how often the document has it */
export function toTermCounts(counted: Map<number, number>, length: number): TermCounts {
  const terms = Uint32Array.from(counted.keys()).sort();
  const counts = Uint16Array.from(terms, (term) => Math.min(MOST_COUNTED, counted.get(term) ?? 0));
  return { terms, counts, length };
}

/**
 * In as few bytes as is simple: for each term the gap from the one before, doubled, plus one where a count above 1
 * follows it. Terms' numbers are below 2^30. Numbers are written seven bits to a byte, the lowest first; the eighth bit says that more follow.
 */
export function packTermCounts({ terms, counts }: TermCounts): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const [index, term] of terms.entries()) {
    const count = counts[index] ?? 0;
    writeNumber(bytes, (term - before) * 2 + (count > 1 ? 1 : 0));
    if (count > 1) writeNumber(bytes, count);
    before = term;
  }
  return Buffer.from(bytes);
}

/** What `packTermCounts` packed. */
export function unpackTermCounts(packed: Uint8Array, length: number): TermCounts {
  const terms = new Uint32Array(packed.length);
  const counts = new Uint16Array(packed.length);
  let size = 0;
  let term = 0;
  let isCount = false;
  for (let next = 0; next < packed.length; next++) {
    let byte = packed[next] ?? 0;
    let number = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = packed[++next] ?? 0;
      number |= (byte & 127) << shift;
    }
    if (isCount) {
      counts[size++] = number;
      isCount = false;
      continue;
    }
    term += number >>> 1;
    terms[size] = term;
    isCount = (number & 1) === 1;
    if (!isCount) counts[size++] = 1;
  }
  return { terms: terms.subarray(0, size), counts: counts.subarray(0, size), length };
}

function writeNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}
