import type { StoredIndex } from '../storage/stored-index.js';

/** A link that a page calls related, and the document of the index that it leads to. */
interface ResolvedLink {
  title: string;
  url?: string;
  /** The id; null where the index has no such document. */
  document: string | null;
}

/** Under this name a page's metadata holds the links that it calls related. */
export const RELATED_LINKS = 'related_links';

/** Metadata with each related link resolved by its address, or else by its title, which must be one document's. */
export async function resolveRelatedLinks(
  metadata: Record<string, unknown>,
  storage: StoredIndex,
): Promise<Record<string, unknown>> {
  const links = metadata[RELATED_LINKS];
  if (!Array.isArray(links)) return metadata;
  const resolved = await Promise.all(
    links.filter(isLink).map(async (link): Promise<ResolvedLink> => {
      const byUrl = link.url === undefined ? null : await storage.documents.idOfUrl(urlForms(link.url));
      return { ...link, document: byUrl ?? (await storage.documents.idOfTitle(link.title)) };
    }),
  );
  return { ...metadata, [RELATED_LINKS]: resolved };
}

/** An address as it stands, and without what only tells where a reader came from. */
function urlForms(url: string): string[] {
  if (!URL.canParse(url)) return [url];
  const bare = new URL(url);
  bare.hash = '';
  for (const name of [...bare.searchParams.keys()]) {
    if (/^(?:utm_\w+|fbclid|gclid|ref|cmpid)$/i.test(name)) bare.searchParams.delete(name);
  }
  const text = bare.toString();
  const other = text.endsWith('/') ? text.slice(0, -1) : `${text}/`;
  return [...new Set([url, text, other])];
}

function isLink(link: unknown): link is { title: string; url?: string } {
  return typeof link === 'object' && link !== null && 'title' in link && typeof link.title === 'string';
}
