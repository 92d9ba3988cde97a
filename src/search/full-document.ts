import type { FullDocument } from '../akin.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { Document } from '../types.js';
import { resolveRelatedLinks } from './related-links.js';

/** A document with its other versions, the newest first, and with its related links resolved. */
export async function fullDocument(
  { key, ...document }: Document & { key: number },
  storage: StoredIndex,
): Promise<FullDocument> {
  const others = (await storage.versions.groupOf(key)).filter((version) => version !== key);
  const rows = await storage.documents.rows(others);
  return {
    ...document,
    metadata: await resolveRelatedLinks(document.metadata, storage),
    versions: others.flatMap((version) => {
      const row = rows.get(version);
      return row ? [{ id: row.id, title: row.title, url: row.url, publishedAt: row.publishedAt }] : [];
    }),
  };
}
