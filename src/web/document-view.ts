import type { FoundPassage, FullDocument, Passage } from './answers.js';
import { getAnswering, getDocument, getPassages } from './api.js';
import { documentHeader } from './document-header.js';
import { documentText } from './document-text.js';
import { element } from './element.js';
import { failureNotice, wordFailure } from './failure-notice.js';
import { heatStrip } from './heat-strip.js';
import { neighbours } from './neighbours.js';
import { pageFigure } from './page-figure.js';
import { type PageState, pageHref, resultsOf } from './page-state.js';
import { titleOf } from './wording.js';

/** The place that the document view fills, and what it may ask of the page. */
export interface DocumentViewOptions {
  section: HTMLElement;
  /** Goes back to the results that the document was opened from. */
  back(): void;
  /** Shows the current state again. */
  refresh(): void;
}

/** The state of a page on which a document is open. */
export type DocumentState = PageState & { document: string };

/** A document with its related ones, as the page drives it. */
export interface DocumentView {
  /** Shows the document of a state with its related ones beside it. Resolves once its text is there. */
  show(state: DocumentState, signal: AbortSignal): Promise<void>;
}

/** All that is read of one document for one query. */
interface Reading {
  /** What it was read for: while that stays, nothing is asked again. */
  key: string;
  found: FullDocument;
  passages: Passage[];
  answering: FoundPassage[];
  beside: HTMLElement;
}

/** The view of one document, at the passage by which it was found. `section.dataset.state` is document or failure. */
export function createDocumentView({ section, back, refresh }: DocumentViewOptions): DocumentView {
  let held: Reading | null = null;

  async function show(state: DocumentState, signal: AbortSignal): Promise<void> {
    const isOpen = held?.key === keyOf(state) && section.dataset.state === 'document';
    if (!isOpen) {
      delete section.dataset.state;
      section.replaceChildren(backLink(state, back), element('p', { class: 'loading' }, 'One moment …'));
    }
    try {
      if (!isOpen || held === null) held = await read(state, signal);
      fill(held, state, signal);
    } catch (failure) {
      if (signal.aborted) return;
      held = null;
      section.dataset.state = 'failure';
      document.title = `${wordFailure(failure).heading} – Akin`;
      section.replaceChildren(backLink(state, back), failureNotice(failure, { retry: refresh, signal }));
    }
    if (!isOpen) section.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  function fill(
    { found, passages, answering, beside }: Reading,
    state: DocumentState,
    signal: AbortSignal,
  ): void {
    const opened = passages.find(({ id }) => id === state.passage) ?? null;
    const answer = answering.find(({ id }) => id === state.passage)?.answer ?? null;
    section.dataset.state = 'document';
    document.title = `${titleOf(found)} – Akin`;
    section.replaceChildren(
      element(
        'div',
        { class: 'document-bar' },
        backLink(state, back),
        heatStrip({ length: found.text.length, answering, state }),
      ),
      element(
        'article',
        { class: 'document' },
        documentHeader({ document: found, passages, opened, state }),
        pageFigure({ document: found, passages, state, signal }),
        documentText({ document: found, passages, opened, answer }),
      ),
      beside,
    );
  }

  return { show };
}

async function read(state: DocumentState, signal: AbortSignal): Promise<Reading> {
  // The text is worth reading without what is told about it.
  const [found, passages, answering] = await Promise.all([
    getDocument(state.document, signal),
    getPassages(state.document, signal).catch(() => []),
    state.query === '' ? [] : getAnswering(state.document, state, signal).catch(() => []),
  ]);
  signal.throwIfAborted();
  return { key: keyOf(state), found, passages, answering, beside: neighbours(state) };
}

function keyOf({ document, query, mode }: DocumentState): string {
  return JSON.stringify([document, query, mode]);
}

function backLink(state: PageState, back: () => void): HTMLElement {
  const link = element('a', { href: pageHref(resultsOf(state)) }, `← Back to ${placeBehind(state)}`);
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    back();
  });
  return element('p', { class: 'back' }, link);
}

function placeBehind({ view, query, like }: PageState): string {
  if (view === 'stories') return 'the stories';
  if (view === 'map') return 'the map';
  if (view !== 'search') return 'where you were';
  return query === '' && like === null ? 'the start' : 'results';
}
