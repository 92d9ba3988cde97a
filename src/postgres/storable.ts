/** What stands for a character that is none. */
const REPLACEMENT = '\uFFFD';

/**
 * Text as PostgreSQL takes it: it has no U+0000, which the names of files and the words of errors may hold. Escaped, as JSON
 * has it, it stays (a column of type `json` takes it, but none of `jsonb`).
 */
export function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', REPLACEMENT) : text;
}

/** A statement's parameters, with all text in them storable. */
export function storableParameters(parameters: unknown[]): unknown[] {
  return parameters.map((value) => {
    if (typeof value === 'string') return storable(value);
    return Array.isArray(value) ? storableParameters(value) : value;
  });
}
