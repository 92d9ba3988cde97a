import { type SiteParagraph, siteParagraphs } from '../documents/site-paragraphs.js';
import { COPY_SHARE } from '../storage/site-store.js';
import type { Session } from './session.js';
import type { KeyedDocument } from './write-documents.js';

/**
 * Keeps what web pages belong to and counts their paragraphs for their sites, unless a page is mostly a copy of other
 * pages: what they share is no furniture then.
 */
export async function writeSites(documents: KeyedDocument[], session: Session): Promise<void> {
  for (const { key, document } of documents) {
    const { page, text, fields } = document;
    if (!page) continue;
    const paragraphs = siteParagraphs({ text, ...page, metadata: fields.metadata });
    if (await isCopy(page.site, paragraphs, text.length, session)) continue;
    const { site, headings, pages } = page;
    await session.run('UPDATE documents SET site = $1, marks = $2 WHERE key = $3', [
      site,
      JSON.stringify({ headings, pages }),
      key,
    ]);
    await session.run(
      `INSERT INTO site_paragraphs (site, paragraph, pages) SELECT $1, unnest($2::bigint[]), 1
       ON CONFLICT (site, paragraph) DO UPDATE SET pages = site_paragraphs.pages + 1`,
      [site, paragraphs.map(({ hash }) => hash)],
    );
  }
}

async function isCopy(
  site: string,
  paragraphs: SiteParagraph[],
  textLength: number,
  session: Session,
): Promise<boolean> {
  const rows = await session.query<{ paragraph: number }>(
    `SELECT paragraph FROM site_paragraphs WHERE site = $1 AND pages > 0 AND furniture = 0
       AND paragraph = ANY($2::bigint[])`,
    [site, paragraphs.map(({ hash }) => hash)],
  );
  const copied = new Set(rows.map(({ paragraph }) => paragraph));
  const length = paragraphs.reduce((sum, own) => sum + (copied.has(own.hash) ? own.length : 0), 0);
  return length > textLength * COPY_SHARE;
}
