import type { DocumentFields } from '../../types.js';
import { readDate } from '../dates.js';
import { oneLine } from '../normalise.js';
import type { DomElement } from '../parsers/dom.js';
import { readName } from '../parsers/html-fields.js';

const DATES = '[itemprop="datePublished"], time[datetime], [itemprop="dateCreated"], time';
const AUTHORS = '[itemprop="author"] [itemprop="name"], [itemprop="author"], [rel~="author"]';
const ADDRESSES = 'a[rel~="bookmark"], [itemprop="url"][href], h1 a[href], h2 a[href], h3 a[href]';

/** What one of several stories on a page says of itself in its own element. */
export function readStoryFields(
  element: DomElement,
  base: string | null,
): Pick<DocumentFields, 'author' | 'publishedAt' | 'url'> {
  const dates = [...element.querySelectorAll(DATES)].map((each) =>
    readDate(
      each.getAttribute('datetime') ?? each.getAttribute('content') ?? oneLine(each.textContent ?? ''),
    ),
  );
  const author = element.querySelector(AUTHORS);
  const href = element.querySelector(ADDRESSES)?.getAttribute('href')?.trim() ?? '';
  const address = URL.canParse(href, base ?? undefined) ? new URL(href, base ?? undefined).href : null;
  return {
    author: readName(author?.getAttribute('content') ?? author?.textContent),
    publishedAt: dates.find((date) => date !== null) ?? null,
    url: address !== null && /^https?:/.test(address) ? address : null,
  };
}
