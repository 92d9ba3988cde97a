/** What of a document tells which story it is of. */
export interface StoryRow {
  key: number;
  id: string;
  title: string | null;
  url: string | null;
  source: string | null;
  publishedAt: string | null;
  publishedMs: number | null;
  /** The same for versions of one text. */
  group: number;
  /** Another one means that the text or a field has changed. */
  lastPassage: number | null;
}

/** The newest so many documents; those without a date count as the oldest, by id. */
export const STORY_ROWS = `
  SELECT key, id, title, url, source, published_at AS publishedAt, published_ms AS publishedMs,
    coalesce(version_group, -key) AS "group",
    (SELECT max(passages.id) FROM passages WHERE passages.document = documents.key) AS lastPassage
  FROM documents ORDER BY published_ms DESC NULLS LAST, id LIMIT ?`;
