import type { Database } from 'better-sqlite3';
import { type SiteParagraph, siteParagraphs } from '../documents/site-paragraphs.js';
import type { DocumentFields, ParsedDocument } from '../types.js';

/**
 * So many pages of a site, and this part of them, have a paragraph that is its furniture. An index of the schema holds
 * just those that have the first number.
 */
export const FURNITURE = { pages: 5, share: 0.1 };

/** A page of whose text so much stands on other pages of its site is a copy. */
export const COPY_SHARE = 0.5;

/** Of a web page: its site, and what is needed to read it without the site's furniture. */
export type SitePage = Pick<ParsedDocument, 'headings' | 'pages'> & { site: string };

/** On how many pages of a site a paragraph stands, and what it is taken for. */
export interface SiteCount {
  site: string;
  /** Its hash. */
  paragraph: number;
  pages: number;
  furniture: number;
}

/** On how many pages of each site a paragraph stands, and which of them are furniture. */
export class SiteStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Keeps what a web page belongs to and counts its paragraphs for its site, unless it is mostly a copy of other pages:
   * what they share is no furniture then.
   */
  add(
    document: number,
    { page, text, fields }: { page?: SitePage; text: string; fields: DocumentFields },
  ): void {
    const paragraphs = page ? siteParagraphs({ text, ...page, metadata: fields.metadata }) : [];
    const isCounted = page !== undefined && !this.#isCopy(page.site, paragraphs, text.length);
    this.#database
      .prepare('UPDATE documents SET site = ?, marks = ? WHERE key = ?')
      .run(
        isCounted ? page.site : null,
        isCounted ? JSON.stringify({ headings: page.headings, pages: page.pages }) : null,
        document,
      );
    if (isCounted) this.#count(page.site, paragraphs, 1);
  }

  /** Counts a page no longer. */
  remove(page: ParsedDocument): void {
    if (page.site !== undefined) this.#count(page.site, siteParagraphs(page), -1);
  }

  /** Those of the paragraphs that are the site's furniture. */
  furniture(site: string, paragraphs: number[]): Set<number> {
    return this.#among(site, paragraphs, 'furniture > 0');
  }

  /** Takes for furniture what has come to stand on many pages; gives the sites whose pages may still have some. */
  learn(): string[] {
    this.#database
      .prepare(
        `UPDATE site_paragraphs SET furniture = 1 WHERE furniture = 0 AND pages >= ${FURNITURE.pages}
           AND pages >= ${FURNITURE.share} * (SELECT count(*) FROM documents WHERE documents.site = site_paragraphs.site)`,
      )
      .run();
    return this.#database
      .prepare('SELECT DISTINCT site FROM site_paragraphs WHERE furniture = 1 ORDER BY site')
      .pluck()
      .all() as string[];
  }

  all(): SiteCount[] {
    return this.#database
      .prepare('SELECT site, paragraph, pages, furniture FROM site_paragraphs ORDER BY site, paragraph')
      .all() as SiteCount[];
  }

  /** Takes these counts in place of those that are there. */
  replace(counts: SiteCount[]): void {
    this.#database.prepare('DELETE FROM site_paragraphs').run();
    const insert = this.#database.prepare(
      'INSERT INTO site_paragraphs (site, paragraph, pages, furniture) VALUES (?, ?, ?, ?)',
    );
    for (const { site, paragraph, pages, furniture } of counts) insert.run(site, paragraph, pages, furniture);
  }

  /** Notes that no page of the site has its furniture any more. */
  tidied(site: string): void {
    this.#database
      .prepare('UPDATE site_paragraphs SET furniture = 2 WHERE site = ? AND furniture = 1')
      .run(site);
  }

  /** The keys of a site's pages after a key. */
  pages(site: string, after: number, limit: number): number[] {
    return this.#database
      .prepare('SELECT key FROM documents WHERE site = ? AND key > ? ORDER BY key LIMIT ?')
      .pluck()
      .all(site, after, limit) as number[];
  }

  #count(site: string, paragraphs: SiteParagraph[], by: 1 | -1): void {
    const upsert = this.#database.prepare(
      `INSERT INTO site_paragraphs (site, paragraph, pages) VALUES (?, ?, ?)
       ON CONFLICT (site, paragraph) DO UPDATE SET pages = pages + excluded.pages`,
    );
    for (const { hash } of paragraphs) upsert.run(site, hash, by);
  }

  #isCopy(site: string, paragraphs: SiteParagraph[], textLength: number): boolean {
    const hashes = paragraphs.map(({ hash }) => hash);
    const copied = this.#among(site, hashes, 'pages > 0 AND furniture = 0');
    const length = paragraphs.reduce((sum, own) => sum + (copied.has(own.hash) ? own.length : 0), 0);
    return length > textLength * COPY_SHARE;
  }

  #among(site: string, paragraphs: number[], condition: string): Set<number> {
    const found = this.#database
      .prepare(
        `SELECT paragraph FROM site_paragraphs WHERE site = ? AND ${condition}
           AND paragraph IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(site, JSON.stringify(paragraphs));
    return new Set(found as number[]);
  }
}
