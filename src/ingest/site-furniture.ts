import type { Reader } from '../documents/reader.js';
import { siteParagraphs, withoutFurniture } from '../documents/site-paragraphs.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { ParsedDocument } from '../types.js';
import type { IdentifiedDocument } from './document-writer.js';

/** Pages of a site that are looked at together. */
const PAGES_AT_ONCE = 32;

/** Takes out of web pages what many pages of their site have: what is known of a site as they come, the rest later. */
export class SiteFurniture {
  readonly #storage: StoredIndex;
  readonly #reader: Reader;

  constructor(storage: StoredIndex, reader: Reader) {
    this.#storage = storage;
    this.#reader = reader;
  }

  /** The documents without what is known to be their site's furniture. */
  async without(documents: IdentifiedDocument[]): Promise<IdentifiedDocument[]> {
    const tidied = await Promise.all(documents.map((document) => this.#tidied(document)));
    const changed = tidied.filter((parsed) => parsed !== null);
    if (changed.length === 0) return documents;
    const prepared = await this.#reader.prepare(changed);
    return documents.map((document, i): IdentifiedDocument => {
      const again = tidied[i] ? prepared.shift() : undefined;
      return again ? { ...again, id: document.id, file: document.file } : document;
    });
  }

  /**
   * Learns what has come to be furniture, and writes the pages anew that still have it.
   *
   * @param write brings documents into the index in place of what they were
   * @param isStopped asked between pages: what is left is done the next time
   */
  async tidyPages(
    write: (documents: IdentifiedDocument[]) => Promise<unknown>,
    isStopped: () => boolean,
  ): Promise<void> {
    for (const site of await this.#storage.sites.learn()) {
      let after = 0;
      for (;;) {
        if (isStopped()) return;
        const keys = await this.#storage.sites.pages(site, after, PAGES_AT_ONCE);
        const last = keys.at(-1);
        if (last === undefined) break;
        const untidy: { id: string; file: string | null; tidied: ParsedDocument }[] = [];
        for (const key of keys) {
          const page = await this.#storage.documents.page(key);
          const tidied = page && (await this.#leaveOut(page.parsed));
          if (page && tidied && tidied !== page.parsed) untidy.push({ ...page, tidied });
        }
        const prepared = await this.#reader.prepare(untidy.map(({ tidied }) => tidied));
        await write(
          untidy.flatMap(({ id, file }, i): IdentifiedDocument[] => {
            const again = prepared[i];
            return again ? [{ ...again, id, file }] : [];
          }),
        );
        after = last;
      }
      await this.#storage.sites.tidied(site);
    }
  }

  async #tidied({ fields, text, page }: IdentifiedDocument): Promise<ParsedDocument | null> {
    if (!page) return null;
    const parsed: ParsedDocument = { ...fields, text, ...page };
    const tidied = await this.#leaveOut(parsed);
    return tidied === parsed ? null : tidied;
  }

  async #leaveOut(parsed: ParsedDocument): Promise<ParsedDocument> {
    if (parsed.site === undefined) return parsed;
    const paragraphs = siteParagraphs(parsed).map(({ hash }) => hash);
    return withoutFurniture(parsed, await this.#storage.sites.furniture(parsed.site, paragraphs));
  }
}
