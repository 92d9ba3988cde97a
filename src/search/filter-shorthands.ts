/** What is filtered by most often, in words of its own. */
export interface FilterShorthands {
  /** A filter besides; all must hold. */
  filter?: unknown;
  /** One of these sources. */
  sources?: string[] | undefined;
  /** All of these tags. */
  tags?: string[] | undefined;
  /** Published on this day or later: `2025-07-01`, or a moment. */
  since?: string | undefined;
  /** Published on this day or before. */
  until?: string | undefined;
}

/** The filter that shorthands stand for, as a request gives it; undefined where they say nothing. */
export function filterOf({ filter, sources = [], tags = [], since, until }: FilterShorthands): unknown {
  const parts = [
    ...(filter === undefined || filter === null ? [] : [filter]),
    ...(sources.length > 0 ? [{ source: { in: sources } }] : []),
    ...tags.map((tag) => ({ tags: tag })),
    ...(since === undefined ? [] : [{ publishedAt: { gte: since } }]),
    ...(until === undefined ? [] : [{ publishedAt: { lte: until } }]),
  ];
  return parts.length > 1 ? { and: parts } : parts[0];
}
