/** A request carries no more files, and no more bytes unless a single file has more. */
const MOST_FILES = 100;
const MOST_BYTES = 16_000_000;

/** Files parted into what one request carries, in their order. */
export function portionsOf<Chosen extends { file: { size: number } }>(files: Chosen[]): Chosen[][] {
  const portions: Chosen[][] = [];
  let [portion, bytes]: [Chosen[], number] = [[], 0];
  for (const chosen of files) {
    const isFull =
      portion.length === MOST_FILES || (portion.length > 0 && bytes + chosen.file.size > MOST_BYTES);
    if (isFull) {
      portions.push(portion);
      [portion, bytes] = [[], 0];
    }
    portion.push(chosen);
    bytes += chosen.file.size;
  }
  if (portion.length > 0) portions.push(portion);
  return portions;
}
