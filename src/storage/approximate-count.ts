/**
 * A number from 0 up to 1 that decides whether a document counts for a word, by which a counter grows that counts in
 * powers of two (Morris, "Counting large numbers of events in small registers", 1978): the same for the same two.
 */
export function chanceToCount(document: number, word: string): number {
  let hash = document ^ 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
