import { letters } from '../normalise.js';
import { type DomElement, isElement } from '../parsers/dom.js';
import { wordsOf } from './class-words.js';
import { contains, EMPTY, type Measure, type Measures, measurePage, nameOf } from './measure.js';

/** By what a page names the element that holds its story, the surest first. */
const NAMES: ((element: DomElement, words: string) => boolean)[] = [
  (element) => /(?:^|\s)articleBody(?:\s|$)/i.test(element.getAttribute('itemprop') ?? ''),
  (_, words) =>
    /(?:^| )(?:(?:article|story|post|entry|news|blog|artikel|articulo|noticia|nota|materia)s? (?:body|content|text|copy|full|maintext|main text)|(?:body|main|full|rich) (?:text|copy|article)|content body|articlebody|articletext|articlecontent|storybody|storytext|storycontent|entrycontent|postcontent|postbody|posttext|newstext|bodytext|maintext|fulltext|post entry)(?: |$)/.test(
      words,
    ),
  (element) => nameOf(element) === 'ARTICLE',
];
const MIN_PROSE = 250;
/** The element has so much of the text of all that are named like it: else the page has several stories. */
const MIN_SHARE = 0.8;
/** Of elements within one another, the inner one is taken if it has so much of the outer one's text. */
const MIN_INNER_SHARE = 0.9;
const MIN_TITLE_LETTERS = 6;
const PARAGRAPH = /^(?:P|LI|DD|H[1-6]|BLOCKQUOTE|SPAN|A)$/;

/** The element that a page names as the one that holds its story. */
export interface StoryContainer {
  element: DomElement;
  /** True where the page has several stories, and this is the one under the page's own title. */
  isTitled: boolean;
}

/** Finds the element that holds the story of a page; null where none is named, or several are and none is the page's own. */
export function storyContainer(body: DomElement, title: string | null): StoryContainer | null {
  const measures = measurePage(body);
  const measureOf = (element: DomElement) => measures.get(element) ?? EMPTY;
  const proseOf = (element: DomElement) => measureOf(element).prose;
  for (const elements of namedElements(body, measures)) {
    const outermost = outermostOf(elements, measureOf);
    const total = outermost.reduce((sum, element) => sum + proseOf(element), 0);
    const largest = outermost.toSorted((a, b) => proseOf(b) - proseOf(a))[0];
    if (!largest) continue;
    if (proseOf(largest) >= total * MIN_SHARE) {
      const inner = elements.filter((each) => contains(measureOf(largest), measureOf(each)));
      const element = inner.findLast((each) => proseOf(each) >= proseOf(largest) * MIN_INNER_SHARE);
      return { element: element ?? largest, isTitled: false };
    }
    const titled = areStories(body, outermost, measureOf)
      ? underTitle(body, title, outermost, measureOf)
      : null;
    if (titled) return { element: titled, isTitled: true };
  }
  return null;
}

/** Of elements in the order of the page, those that stand in no other of them. */
function outermostOf(elements: DomElement[], measureOf: (element: DomElement) => Measure): DomElement[] {
  let end = -1;
  return elements.filter((element) => {
    const { order, last } = measureOf(element);
    if (order <= end) return false;
    end = last;
    return true;
  });
}

function namedElements(body: DomElement, measures: Measures): DomElement[][] {
  const named: DomElement[][] = NAMES.map(() => []);
  const visit = (parent: DomElement) => {
    for (const element of parent.childNodes) {
      if (!isElement(element) || (measures.get(element)?.prose ?? 0) < MIN_PROSE) continue;
      const words = wordsOf(element);
      const isBox = !PARAGRAPH.test(nameOf(element));
      for (const [i, isNamed] of NAMES.entries())
        if (isBox && isNamed(element, words)) named[i]?.push(element);
      visit(element);
    }
  };
  visit(body);
  return named;
}

/** The first of several elements that has the page's title in it or before it. */
function underTitle(
  body: DomElement,
  title: string | null,
  elements: DomElement[],
  measureOf: (element: DomElement) => Measure,
): DomElement | null {
  const own = letters(title ?? '');
  if (own.length < MIN_TITLE_LETTERS) return null;
  const heading = [...body.querySelectorAll('h1, h2')].find(
    ({ textContent }) => letters(textContent ?? '') === own,
  );
  if (!heading) return null;
  const place = measureOf(heading);
  return (
    elements.find((each) => contains(measureOf(each), place) || measureOf(each).order > place.order) ?? null
  );
}

/**
 * Several stories each have a heading before their first paragraph; the posts of a thread have none. Boxes side by
 * side in one element are parts of one story, unless each says that it is an article.
 */
function areStories(
  body: DomElement,
  elements: DomElement[],
  measureOf: (element: DomElement) => Measure,
): boolean {
  const [first, ...others] = elements;
  const areParts = others.every(
    (each) => each.parentElement === first?.parentElement && nameOf(each) !== 'ARTICLE',
  );
  if (areParts) return false;
  const headings = [...body.querySelectorAll('h1, h2, h3')].map((each) => measureOf(each).order);
  let end = first ? measureOf(first).last : 0;
  return others.every((each) => {
    const paragraph = each.querySelector('p');
    const start = measureOf(paragraph ?? each).order;
    const isHeaded = headings.some((order) => order > end && order < start);
    end = measureOf(each).last;
    return isHeaded;
  });
}
