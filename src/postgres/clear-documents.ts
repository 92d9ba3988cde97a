import { siteParagraphs } from '../documents/site-paragraphs.js';
import type { ParsedDocument } from '../types.js';
import type { Session } from './session.js';

interface ClearedRow {
  key: number;
  length: number;
  passages: number;
  site: string | null;
  marks: Pick<ParsedDocument, 'headings' | 'pages'> | null;
  metadata: Record<string, unknown>;
  version_group: number | null;
}

/** What documents leave behind that were cleared. */
export interface Cleared {
  /** The terms that they had: some may be no document's any more. */
  terms: number[];
}

/**
 * Takes away all that was made of documents but their rows, before they are written anew or removed. Part of its
 * caller's transaction, as everything that writes here.
 */
export async function clearDocuments(keys: number[], session: Session): Promise<Cleared> {
  if (keys.length === 0) return { terms: [] };
  const rows = await session.query<ClearedRow>(
    `SELECT key, length, site, marks, metadata, version_group,
       (SELECT count(*) FROM passages WHERE document = key) AS passages
     FROM documents WHERE key = ANY($1::bigint[])`,
    [keys],
  );
  await forgetPages(rows, session);
  const terms = await session.query<{ term: number }>(
    'DELETE FROM postings WHERE document = ANY($1::bigint[]) RETURNING term',
    [keys],
  );
  await session.run('DELETE FROM document_terms WHERE document = ANY($1::bigint[])', [keys]);
  // Their vectors go with them.
  await session.run('DELETE FROM passages WHERE document = ANY($1::bigint[])', [keys]);
  await session.run('DELETE FROM document_vectors WHERE document = ANY($1::bigint[])', [keys]);
  await leaveVersions(rows, session);
  await session.run(
    'UPDATE totals SET documents = documents - $1, passages = passages - $2, words = words - $3',
    [
      rows.length,
      rows.reduce((sum, { passages }) => sum + passages, 0),
      rows.reduce((sum, { length }) => sum + length, 0),
    ],
  );
  return { terms: [...new Set(terms.map(({ term }) => term))] };
}

/** Removes documents wholly. Their files are read again the next time, as if they had changed. */
export async function removeDocuments(keys: number[], session: Session): Promise<Cleared> {
  if (keys.length === 0) return { terms: [] };
  const cleared = await clearDocuments(keys, session);
  await session.run(
    'DELETE FROM files WHERE path IN (SELECT file FROM documents WHERE key = ANY($1::bigint[]))',
    [keys],
  );
  await session.run('DELETE FROM documents WHERE key = ANY($1::bigint[])', [keys]);
  return cleared;
}

/** Forgets those of some terms that no document has any more, with all words that went by them. */
export async function forgetUnusedTerms({ terms }: Cleared, session: Session): Promise<void> {
  if (terms.length === 0) return;
  await session.run(
    `DELETE FROM terms WHERE id = ANY($1::bigint[])
       AND NOT EXISTS (SELECT FROM postings WHERE postings.term = terms.id)`,
    [terms],
  );
}

/** Counts web pages no longer for their sites. */
async function forgetPages(rows: ClearedRow[], session: Session): Promise<void> {
  const pages = rows.filter(({ site, marks }) => site !== null && marks !== null);
  if (pages.length === 0) return;
  const texts = await session.query<{ document: number; text: string }>(
    `SELECT document, string_agg(text || gap, '' ORDER BY id) AS text FROM passages
     WHERE document = ANY($1::bigint[]) GROUP BY document`,
    [pages.map(({ key }) => key)],
  );
  const textOf = new Map(texts.map(({ document, text }) => [document, text]));
  for (const { key, site, marks, metadata } of pages) {
    const paragraphs = siteParagraphs({
      text: textOf.get(key) ?? '',
      headings: marks?.headings ?? [],
      metadata,
    });
    await session.run(
      `UPDATE site_paragraphs SET pages = pages - 1 WHERE site = $1 AND paragraph = ANY($2::bigint[])`,
      [site, paragraphs.map(({ hash }) => hash)],
    );
  }
}

/** Takes documents out of their groups of versions; one that is left alone has no group. */
async function leaveVersions(rows: ClearedRow[], session: Session): Promise<void> {
  const groups = [...new Set(rows.flatMap(({ version_group: group }) => group ?? []))];
  if (groups.length === 0) return;
  await session.run('UPDATE documents SET version_group = NULL WHERE key = ANY($1::bigint[])', [
    rows.map(({ key }) => key),
  ]);
  await session.run(
    `UPDATE documents SET version_group = NULL WHERE version_group IN
       (SELECT version_group FROM documents WHERE version_group = ANY($1::bigint[])
        GROUP BY version_group HAVING count(*) = 1)`,
    [groups],
  );
}
