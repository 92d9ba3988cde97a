import { type DomElement, type DomNode, isElement, TEXT_NODE } from '../parsers/dom.js';
import type { FurnitureKind } from './class-words.js';
import { kindOf } from './furniture-kind.js';
import { EMPTY, linkDensity, type Measure, type Measures, measurePage, nameOf } from './measure.js';
import { isPopularLabel, isRelatedLabel } from './page-phrases.js';
import type { RelatedLinks } from './related-links.js';

/** No more than this share of a page's text is its furniture, whatever the names of its parts say. */
const MAX_SHARE = 0.3;
/** Captions may be more: in a story of pictures they are the story. */
const MAX_CAPTIONS_SHARE = 0.6;
/** Longer than this, such parts hold something else; in characters outside of links. */
const MAX_LENGTH: Partial<Record<FurnitureKind, number>> = { sharing: 250, details: 400 };
/** Such parts hold neither code nor tables. */
const NEVER_FIGURED = new Set<FurnitureKind>(['sharing', 'details', 'author']);
/** Comments stand behind what they comment on, which has so many characters; a page without is a forum's. */
const MIN_COMMENTED = 300;
const MIN_SENTENCE = 40;
const MAX_LABEL = { length: 90, elements: 8 };
/** Related is what is linked: a box by that name has so much of its text in links. */
const MIN_DENSITY = 0.2;
/** Behind a label, a list of links has more. */
const LIST_DENSITY = 0.6;

/**
 * Takes out of a page what is no part of its running text: by tags and roles, by the words in classes and ids,
 * and by labels before lists of links. What holds a large part of the page's text stays, whatever it is called.
 *
 * @param related gets the links that the page calls related.
 */
export function removeFurniture(body: DomElement, related: RelatedLinks): void {
  const measures = measurePage(body);
  const sweep = new Sweep(measures, measures.get(body) ?? EMPTY, related);
  sweep.visit(body);
  sweep.removeCaptions();
}

class Sweep {
  readonly #related: RelatedLinks;
  readonly #captions: DomElement[] = [];
  readonly #measures: Measures;
  readonly #total: Measure;
  /** Characters of text that was kept so far, in the order of the page. */
  #kept = 0;
  /** Of these, what stands in sentences. */
  #sentences = 0;
  #removed = 0;

  constructor(measures: Measures, total: Measure, related: RelatedLinks) {
    this.#related = related;
    this.#measures = measures;
    this.#total = total;
  }

  visit(parent: DomElement): void {
    const children = [...parent.childNodes];
    for (const [i, child] of children.entries()) {
      if (child.nodeType === TEXT_NODE) this.#keep(child.textContent?.trim().length ?? 0);
      if (!isElement(child) || child.parentElement !== parent) continue;
      const kind = kindOf(child, this.#measure(child), this.#measure(parent));
      if (kind === 'caption') this.#captions.push(child);
      else if (kind !== null && this.#isBelieved(child, kind)) this.#remove(child, kind);
      else if (this.#isRelatedLabel(child)) this.#removeLabelled(child, this.#listsBehind(children, i));
      else {
        this.visit(child);
        if (kind !== null || nameOf(child) === 'ASIDE') disguise(child);
      }
    }
  }

  #keep(length: number): void {
    this.#kept += length;
    if (length >= MIN_SENTENCE) this.#sentences += length;
  }

  removeCaptions(): void {
    const length = this.#captions.reduce((sum, each) => sum + this.#measure(each).prose, 0);
    if (length > this.#sentences * MAX_CAPTIONS_SHARE) return;
    for (const caption of this.#captions) caption.remove();
  }

  #isBelieved(element: DomElement, kind: FurnitureKind): boolean {
    const { prose, figures } = this.#measure(element);
    if (figures > 0 && NEVER_FIGURED.has(kind)) return false;
    if (kind === 'sharing' && element.querySelector('blockquote')) return false;
    if (kind === 'comments' && this.#kept >= MIN_COMMENTED) return true;
    if (kind === 'related' && prose > MAX_LABEL.length && linkDensity(this.#measure(element)) < MIN_DENSITY)
      return false;
    const limit = MAX_LENGTH[kind] ?? Number.POSITIVE_INFINITY;
    return prose <= limit && prose <= (this.#total.prose - this.#removed) * MAX_SHARE;
  }

  #isRelatedLabel(element: DomElement): boolean {
    const { prose, linked, order, last } = this.#measure(element);
    const length = prose + linked;
    if (length === 0 || length > MAX_LABEL.length || last - order > MAX_LABEL.elements) return false;
    return isRelatedLabel(element.textContent ?? '');
  }

  /** The elements behind a child, as long as they hold nothing but links. */
  #listsBehind(children: DomNode[], index: number): DomElement[] {
    const lists: DomElement[] = [];
    for (let i = index + 1; i < children.length; i += 1) {
      const sibling = children[i];
      if (!sibling || !isElement(sibling)) continue;
      const measure = this.#measure(sibling);
      const isBlank = measure.prose + measure.linked === 0;
      if (!isBlank && linkDensity(measure) < LIST_DENSITY) break;
      lists.push(sibling);
    }
    return lists;
  }

  #removeLabelled(label: DomElement, lists: DomElement[]): void {
    const kind = isPopularLabel(label.textContent ?? '') ? 'elsewhere' : 'related';
    for (const list of lists) this.#remove(list, kind);
    if (lists.some((list) => this.#measure(list).links > 0)) label.remove();
    else this.visit(label);
  }

  #remove(element: DomElement, kind: FurnitureKind): void {
    if (kind === 'related' || (kind === 'elsewhere' && this.#isHeadedRelated(element)))
      this.#related.addFrom(element);
    this.#removed += this.#measure(element).prose;
    element.remove();
  }

  #isHeadedRelated(element: DomElement): boolean {
    const heading = element.querySelector('h2, h3, h4, h5, h6')?.textContent ?? '';
    return isRelatedLabel(heading) && !isPopularLabel(heading);
  }

  #measure(element: DomElement): Measure {
    return this.#measures.get(element) ?? EMPTY;
  }
}

/** Readability goes by the same names: what is not believed here must not mislead it either. */
function disguise(element: DomElement): void {
  if (nameOf(element) === 'ASIDE') element.replaceWith(...element.childNodes);
  else for (const name of ['class', 'id', 'role']) element.removeAttribute(name);
}
