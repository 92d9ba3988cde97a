import type { parseFeed } from 'feedsmith';

type Feed = ReturnType<typeof parseFeed>;

/** What every kind of feed says, in one form. */
export interface FeedFacts {
  title: string | undefined;
  language: string | undefined;
  entries: FeedEntry[];
}

export interface FeedEntry {
  title: string | undefined;
  /** As HTML; the fullest first. */
  texts: string[];
  links: string[];
  /** The most telling first. */
  dates: string[];
  authors: string[];
  tags: string[];
}

/** The facts of a feed as feedsmith reads it. */
export function factsOfFeed({ format, feed }: Feed): FeedFacts {
  switch (format) {
    case 'rss':
      return {
        title: feed.title,
        language: feed.language,
        entries: (feed.items ?? []).map(({ title, link, description, content, pubDate, ...item }) => ({
          title,
          texts: present(content?.encoded, description),
          links: present(link, item.guid?.value),
          dates: present(pubDate, item.dc?.dates?.[0]),
          authors:
            item.dc?.creators ?? present(...(item.authors ?? []).map(({ name, email }) => name ?? email)),
          tags: present(...(item.categories ?? []).map(({ name }) => name)),
        })),
      };
    case 'rdf':
      return {
        title: feed.title,
        language: feed.dc?.languages?.[0],
        entries: (feed.items ?? []).map(({ title, link, description, content, dc }) => ({
          title,
          texts: present(content?.encoded, description),
          links: present(link),
          dates: present(dc?.dates?.[0]),
          authors: dc?.creators ?? [],
          tags: dc?.subjects ?? [],
        })),
      };
    case 'atom':
      return {
        title: feed.title?.value,
        language: undefined,
        entries: (feed.entries ?? []).map(({ title, content, summary, links = [], ...entry }) => ({
          title: title?.value,
          texts: present(content?.value, summary?.value),
          links: present(
            ...links.filter(({ rel = 'alternate' }) => rel === 'alternate').map(({ href }) => href),
          ),
          dates: present(entry.published, entry.updated),
          authors: present(...(entry.authors ?? []).map(({ name }) => name)),
          tags: present(...(entry.categories ?? []).map(({ label, term }) => label ?? term)),
        })),
      };
    case 'json':
      return { title: feed.title, language: feed.language, entries: [] };
  }
}

/** feedsmith gives dates as they are written, though its types leave them open. */
function present(...values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string').filter((value) => value.trim() !== '');
}
