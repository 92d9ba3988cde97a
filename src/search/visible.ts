import type { FullDocument } from '../akin.js';
import type { Filter } from '../filter.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { Story } from '../stories/story.js';
import type { RelatedAnswer } from './answer.js';
import { RELATED_LINKS } from './related-links.js';

/** Cuts what documents name of one another down to those that somebody sees. */
export class Visible {
  readonly #storage: StoredIndex;
  readonly #filter: Filter;

  constructor(storage: StoredIndex, filter: Filter) {
    this.#storage = storage;
    this.#filter = filter;
  }

  async has(id: string): Promise<boolean> {
    return (await this.among([id])).has(id);
  }

  /** Those of these documents that are seen. */
  async among(ids: string[]): Promise<Set<string>> {
    return this.#storage.documents.passing(ids, this.#filter);
  }

  /** A document without the versions, and without the ends of links, that are not seen. */
  async document(document: FullDocument): Promise<FullDocument> {
    const links = document.metadata[RELATED_LINKS];
    const linked = Array.isArray(links) ? links.map((link) => String(link?.document)) : [];
    const seen = await this.among([...document.versions.map(({ id }) => id), ...linked]);
    const cut = (link: unknown): unknown =>
      typeof link === 'object' && link !== null && 'document' in link && !seen.has(String(link.document))
        ? { ...link, document: null }
        : link;
    return {
      ...document,
      versions: document.versions.filter(({ id }) => seen.has(id)),
      metadata: Array.isArray(links)
        ? { ...document.metadata, [RELATED_LINKS]: links.map(cut) }
        : document.metadata,
    };
  }

  /** The versions of the source are left out of the hits whether they are seen or not; those that are not go unnamed. */
  async related(answer: RelatedAnswer): Promise<RelatedAnswer> {
    const seen = await this.among(answer.duplicates.map(({ id }) => id));
    return { ...answer, duplicates: answer.duplicates.filter(({ id }) => seen.has(id)) };
  }

  /** Stories as they are without what is not seen; one of which a single document is left is none. */
  async stories(stories: Story[]): Promise<Story[]> {
    const seen = await this.among(stories.flatMap(({ documents }) => documents.map(({ id }) => id)));
    return stories.flatMap((story): Story[] => {
      const documents = story.documents.filter(({ id }) => seen.has(id));
      const [first, second] = documents;
      if (!first || !second) return [];
      const titles = documents.flatMap(({ title }) => title ?? []);
      const dates = documents.flatMap(({ publishedAt }) => publishedAt ?? []);
      const title = story.title !== null && titles.includes(story.title) ? story.title : (titles[0] ?? null);
      return [{ id: first.id, title, firstAt: dates[0] ?? null, lastAt: dates.at(-1) ?? null, documents }];
    });
  }
}
