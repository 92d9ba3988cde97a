/** How deep arrays and objects may stand in one another in a field of a document. */
export const DEEPEST_VALUE = 32;

/**
 * What is wrong with a value that came as JSON, or null: nested so deep that walking it could overflow the stack, or with a
 * number that has lost digits when it was read.
 */
export function faultOf(value: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (isInexact(next.value)) {
      return `has the number ${next.value}, whose digits may be lost: write numbers beyond ±${Number.MAX_SAFE_INTEGER} as strings`;
    }
    if (typeof next.value !== 'object' || next.value === null) continue;
    const depth = next.depth + 1;
    if (depth > DEEPEST_VALUE) return `is nested deeper than ${DEEPEST_VALUE} levels: make it flatter`;
    for (const each of Object.values(next.value)) open.push({ value: each, depth });
  }
  return null;
}

function isInexact(value: unknown): boolean {
  return typeof value === 'bigint' || (Number.isInteger(value) && !Number.isSafeInteger(value));
}
