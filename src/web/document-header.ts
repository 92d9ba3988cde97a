import type { FullDocument, Passage } from './answers.js';
import { element } from './element.js';
import { factLine, factsOf, kindFact, placeOf } from './facts.js';
import { hasPages } from './page-figure.js';
import { type PageState, pageHref, START } from './page-state.js';
import { dayOf, titleOf, webAddress } from './wording.js';

/** A document and where in it the reader is. */
export interface DocumentHeaderOptions {
  document: FullDocument;
  passages: Passage[];
  /** The passage at which it is opened. */
  opened: Passage | null;
  state: PageState;
}

/** What stands above a document's text: its title, what is known of it, and where it was opened. */
export function documentHeader({ document, passages, opened, state }: DocumentHeaderOptions): HTMLElement {
  return element(
    'header',
    {},
    element('h1', { tabindex: '-1', lang: document.language, dir: 'auto' }, titleOf(document)),
    document.author ? element('p', { class: 'byline' }, `By ${document.author}`) : null,
    factLine(...factsOf(document), kindFact(document), originalLink(document.url)),
    document.tags.length === 0 ? null : element('p', { class: 'quiet tags' }, document.tags.join(' · ')),
    versionsLine(document, state),
    state.passage === null ? null : openedLine(opened),
    element(
      'p',
      { class: 'ways' },
      element('a', { href: pageHref({ ...START, like: document.id }) }, 'More like this'),
      sheetLink({ document, passages, opened, state }),
    ),
  );
}

function openedLine(opened: Passage | null): HTMLElement | null {
  if (opened === null) {
    return element(
      'p',
      { class: 'quiet' },
      'The text has changed since it was found: the passage is no longer in it.',
    );
  }
  const place = placeOf(opened);
  return place === null ? null : element('p', { class: 'quiet' }, `Opened at ${place}`);
}

function sheetLink({ document, passages, opened, state }: DocumentHeaderOptions): HTMLElement | null {
  if (state.sheet !== null || !hasPages(document, passages)) return null;
  const page = opened?.page ?? passages.find((passage) => passage.page !== null)?.page ?? 1;
  return element('a', { href: pageHref({ ...state, sheet: page }) }, `Show page ${page} as printed`);
}

function versionsLine({ versions }: FullDocument, state: PageState): HTMLElement | null {
  if (versions.length === 0) return null;
  const links = versions.flatMap(({ id, title, publishedAt }, position) => [
    position === 0 ? 'Other versions: ' : ', ',
    element(
      'a',
      { href: pageHref({ ...state, document: id, passage: null, sheet: null }) },
      publishedAt === null ? titleOf({ id, title }) : dayOf(publishedAt),
    ),
  ]);
  return element('p', { class: 'quiet' }, ...links);
}

function originalLink(url: string | null): HTMLElement | null {
  const href = webAddress(url);
  return href === null
    ? null
    : element('a', { class: 'fact', href, rel: 'noopener noreferrer external' }, 'Original ↗');
}
