import { readDate } from '../dates.js';
import { oneLineOrNull } from '../normalise.js';
import { readByline } from '../scraped/bylines.js';
import type { DomDocument } from './dom.js';

const DATE_ELEMENTS =
  'time, [class*="date" i], [class*="publish" i], [class*="posted" i], [class*="byline" i]';
const MAX_DATE_ELEMENTS = 40;
const MAX_DATE_LENGTH = 100;

/** When a page says it was published: in its metadata (`named`), in marked elements, or as it prints it; or null. */
export function readPublished(document: DomDocument, named: string[]): string | null {
  const marked = [...document.querySelectorAll('[itemprop="datePublished"], time[pubdate], time[datetime]')];
  const values = marked.map(
    (element) =>
      element.getAttribute('datetime') ??
      element.getAttribute('content') ??
      oneLineOrNull(element.textContent),
  );
  for (const value of [...named, ...values]) {
    const date = value === null ? null : readDate(value);
    if (date) return date;
  }
  return readShownDate(document);
}

/** The date that a page prints in an element named after dates, where all such elements have the same one. */
function readShownDate(document: DomDocument): string | null {
  const dates = [...document.querySelectorAll(DATE_ELEMENTS)].slice(0, MAX_DATE_ELEMENTS).map((element) => {
    const text = oneLineOrNull(element.textContent);
    return text !== null && text.length <= MAX_DATE_LENGTH ? (readByline(text)?.publishedAt ?? null) : null;
  });
  const [first, ...others] = new Set(dates.filter((date) => date !== null));
  return others.length === 0 ? (first ?? null) : null;
}
