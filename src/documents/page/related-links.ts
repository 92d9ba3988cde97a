import { oneLine } from '../normalise.js';
import type { DomElement } from '../parsers/dom.js';
import { isLinkedOffer } from './page-phrases.js';

/** A link that a page calls related to its article. */
export interface RelatedLink {
  title: string;
  /** Absolute where the page says where it lies. */
  url: string;
}

const MAX_LINKS = 50;
/** Shorter texts of links are names of sections, or `more`. */
const MIN_TITLE = { length: 12, words: 3 };
const MAX_TITLE_LENGTH = 300;

/** The related links of a page, in its order, each once. */
export class RelatedLinks {
  readonly #links = new Map<string, string>();
  readonly #base: string | null;

  /** @param base what the addresses of links are relative to, where that is known. */
  constructor(base: string | null) {
    this.#base = base;
  }

  /** Adds the links within an element whose text can be a title. */
  addFrom(element: DomElement): void {
    this.addAll(element.querySelectorAll('a[href]'));
  }

  addAll(links: Iterable<DomElement>): void {
    for (const link of links) this.add(link.textContent ?? '', link.getAttribute('href') ?? '');
  }

  add(text: string, href: string): void {
    const title = oneLine(text);
    const isTitle =
      title.length >= MIN_TITLE.length &&
      title.length <= MAX_TITLE_LENGTH &&
      (title.split(' ').length >= MIN_TITLE.words || !/\p{Script=Latin}/u.test(title));
    if (
      !isTitle ||
      isLinkedOffer(title) ||
      this.#links.size >= MAX_LINKS ||
      /^(?:#|javascript:|mailto:|data:)/i.test(href.trim())
    )
      return;
    if (!this.#links.has(title)) this.#links.set(title, href.trim());
  }

  /** The links as an entry of a document's metadata; none where there are none. */
  metadata(): [string, RelatedLink[]][] {
    const links = [...this.#links].map(([title, href]) => ({ title, url: absolute(href, this.#base) }));
    return links.length === 0 ? [] : [['related_links', links]];
  }
}

function absolute(href: string, base: string | null): string {
  return base !== null && URL.canParse(href, base) ? new URL(href, base).href : href;
}
