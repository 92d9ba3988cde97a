import { type DomElement, isElement } from '../parsers/dom.js';
import { wordsOf } from './class-words.js';
import { type Measures, measurePage, nameOf } from './measure.js';

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

/** The element that a page names as the one that holds its story; null where there is none, or are several. */
export function storyContainer(body: DomElement): DomElement | null {
  const measures = measurePage(body);
  const proseOf = (element: DomElement) => measures.get(element)?.prose ?? 0;
  const named = namedElements(body, measures);
  for (const elements of named) {
    const outermost = elements.filter(
      (element) => !elements.some((other) => other !== element && contains(other, element)),
    );
    const total = outermost.reduce((sum, element) => sum + proseOf(element), 0);
    const largest = outermost.toSorted((a, b) => proseOf(b) - proseOf(a))[0];
    if (!largest || proseOf(largest) < MIN_PROSE || proseOf(largest) < total * MIN_SHARE) continue;
    const inner = elements.filter(
      (element) => contains(largest, element) && proseOf(element) >= proseOf(largest) * 0.9,
    );
    return inner.at(-1) ?? largest;
  }
  return null;
}

function namedElements(body: DomElement, measures: Measures): DomElement[][] {
  const named: DomElement[][] = NAMES.map(() => []);
  const visit = (parent: DomElement) => {
    for (const element of parent.childNodes) {
      if (!isElement(element) || (measures.get(element)?.prose ?? 0) < MIN_PROSE) continue;
      const words = wordsOf(element);
      for (const [i, isNamed] of NAMES.entries()) if (isNamed(element, words)) named[i]?.push(element);
      visit(element);
    }
  };
  visit(body);
  return named;
}

function contains(outer: DomElement, inner: DomElement): boolean {
  for (let each = inner.parentElement; each; each = each.parentElement) if (each === outer) return true;
  return false;
}
