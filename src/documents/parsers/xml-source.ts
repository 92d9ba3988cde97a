/** A document type with what it declares. */
const DOCTYPE = /<!DOCTYPE\s[^[>]*(?:\[(?:[^\]"']|"[^"]*"|'[^']*')*\]\s*)?>/i;

/** An XML source without its document type: a parser that never sees an entity declared can't expand it. */
export function withoutDoctype(source: string): string {
  return source.replace(DOCTYPE, '');
}
