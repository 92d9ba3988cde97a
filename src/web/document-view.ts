import type { FullDocument, Passage } from './answers.js';
import { getDocument, getPassages, getRelated } from './api.js';
import { documentText } from './document-text.js';
import { element } from './element.js';
import { factLine, factsOf, placeOf } from './facts.js';
import { failureNotice, wordFailure } from './failure-notice.js';
import { type PageState, pageHref, resultsOf } from './page-state.js';
import { relatedList } from './related-list.js';
import { titleOf, webAddress } from './wording.js';

/** The place that the document view fills, and what it may ask of the page. */
export interface DocumentViewOptions {
  section: HTMLElement;
  /** Goes back to the results that the document was opened from. */
  back(): void;
  /** Shows the current state again. */
  refresh(): void;
}

/** A document with its related ones, as the page drives it. */
export interface DocumentView {
  /** Shows the document of a state with its related ones beside it. Resolves once its text is there. */
  show(state: PageState & { document: string }, signal: AbortSignal): Promise<void>;
}

/** The view of one document, at the passage by which it was found. `section.dataset.state` is document or failure. */
export function createDocumentView({ section, back, refresh }: DocumentViewOptions): DocumentView {
  async function show(state: PageState & { document: string }, signal: AbortSignal): Promise<void> {
    delete section.dataset.state;
    section.replaceChildren(backLink(state, back), element('p', { class: 'loading' }, 'One moment …'));
    const related = element(
      'div',
      { 'aria-live': 'polite' },
      element('p', { class: 'loading' }, 'One moment …'),
    );
    // The text is worth reading without its neighbours: what fails beside it does not take it along.
    getRelated(state.document, signal).then(
      (hits) => related.replaceChildren(relatedList(hits, state)),
      (failure) => related.replaceChildren(element('p', { class: 'quiet' }, wordFailure(failure).heading)),
    );
    try {
      const [found, passages] = await Promise.all([
        getDocument(state.document, signal),
        getPassages(state.document, signal).catch(() => []),
      ]);
      signal.throwIfAborted();
      section.dataset.state = 'document';
      document.title = `${titleOf(found)} – Akin`;
      section.replaceChildren(backLink(state, back), article(found, passages, state.passage), aside(related));
    } catch (failure) {
      if (signal.aborted) return;
      section.dataset.state = 'failure';
      document.title = `${wordFailure(failure).heading} – Akin`;
      section.replaceChildren(backLink(state, back), failureNotice(failure, { retry: refresh, signal }));
    }
    section.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  return { show };
}

function article(found: FullDocument, passages: Passage[], passageId: number | null): HTMLElement {
  const opened = passages.find(({ id }) => id === passageId) ?? null;
  const title = element('h1', { tabindex: '-1', lang: found.language, dir: 'auto' }, titleOf(found));
  return element(
    'article',
    { class: 'document' },
    element(
      'header',
      {},
      title,
      found.author ? element('p', { class: 'byline' }, `By ${found.author}`) : null,
      factLine(...factsOf(found), originalLink(found.url)),
      found.tags.length === 0 ? null : element('p', { class: 'quiet tags' }, found.tags.join(' · ')),
      passageId === null ? null : openedLine(opened),
    ),
    documentText({ document: found, passages, opened }),
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

function originalLink(url: string | null): HTMLElement | null {
  const href = webAddress(url);
  return href === null
    ? null
    : element('a', { class: 'fact', href, rel: 'noopener noreferrer external' }, 'Original ↗');
}

function aside(related: HTMLElement): HTMLElement {
  const heading = element('h2', { id: 'related-heading', class: 'small-heading' }, 'Related');
  return element('aside', { id: 'related', 'aria-labelledby': heading.id }, heading, related);
}

function backLink(state: PageState, back: () => void): HTMLElement {
  const label = `← Back to ${placeBehind(state)}`;
  const link = element('a', { href: pageHref(resultsOf(state)) }, label);
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    back();
  });
  return element('p', { class: 'back' }, link);
}

function placeBehind({ view, query }: PageState): string {
  if (view === 'stories') return 'the stories';
  if (view === 'map') return 'the map';
  if (view !== 'search') return 'where you were';
  return query === '' ? 'the start' : 'results';
}
