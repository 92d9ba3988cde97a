import type { FullDocument } from '../akin.js';
import type { Storage } from '../storage/storage.js';
import type { Document } from '../types.js';
import { resolveRelatedLinks } from './related-links.js';

/** A document with its other versions, the newest first, and with its related links resolved. */
export function fullDocument(
  { key, ...document }: Document & { key: number },
  storage: Storage,
): FullDocument {
  const others = storage.versions.groupOf(key).filter((version) => version !== key);
  const rows = storage.documents.rows(others);
  return {
    ...document,
    metadata: resolveRelatedLinks(document.metadata, storage),
    versions: others.flatMap((version) => {
      const row = rows.get(version);
      return row ? [{ id: row.id, title: row.title, url: row.url, publishedAt: row.publishedAt }] : [];
    }),
  };
}
