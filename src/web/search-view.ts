import type { SearchAnswer } from './answers.js';
import { countDocuments, listDocuments, search } from './api.js';
import { element } from './element.js';
import { facetList } from './facet-list.js';
import { failureNotice } from './failure-notice.js';
import { hitList } from './hit-list.js';
import { noMatchNotice } from './no-match-notice.js';
import { pageLinks } from './page-links.js';
import { type PageState, pageHref, resultsOf } from './page-state.js';
import { RequestError } from './request.js';
import { startNotice } from './start-notice.js';
import { counted } from './wording.js';

const EXAMPLES_SHOWN = 5;

/** The places that the search view fills, and what it may ask of the page. */
export interface SearchViewOptions {
  /** Where results, notices and failures go. */
  section: HTMLElement;
  /** Where a line about them goes; readers of the screen hear it. */
  status: HTMLElement;
  /** Shows the current state again. */
  refresh(): void;
}

/** The start page and the results, as the page drives them. */
export interface SearchView {
  /** Shows the results of a state, or the start page. What was shown before stays until they are there. */
  show(state: PageState, signal: AbortSignal): Promise<void>;
  /** Makes the next `show` ask again, even for what is already shown. */
  forget(): void;
}

/** The start page and the results. `section.dataset.state` says what is shown: start, hits, no-match or failure. */
export function createSearchView({ section, status, refresh }: SearchViewOptions): SearchView {
  let shown: string | null = null;

  async function show(state: PageState, signal: AbortSignal): Promise<void> {
    document.title = pageTitle(state);
    const href = pageHref(resultsOf(state));
    section.setAttribute('aria-busy', String(href !== shown));
    if (href === shown) return;
    if (!section.hasChildNodes()) section.append(element('p', { class: 'loading' }, 'One moment …'));
    try {
      if (state.query === '') await showStart(signal);
      else showAnswer(await search(state, signal), state);
      shown = href;
    } catch (failure) {
      if (signal.aborted) return;
      forget();
      fill('failure', '', [failureNotice(failure, { retry: refresh, signal })]);
    }
  }

  function forget(): void {
    shown = null;
  }

  async function showStart(signal: AbortSignal): Promise<void> {
    const [total, examples] = await Promise.all([
      countDocuments(signal).catch(unlessUnusable),
      listDocuments(EXAMPLES_SHOWN, signal).catch(unlessUnusable),
    ]);
    signal.throwIfAborted();
    fill('start', '', [startNotice({ total, examples: examples ?? [] })]);
  }

  function showAnswer(answer: SearchAnswer, state: PageState): void {
    const { hits, total, facets = {} } = answer;
    const matched = hits.length > 0;
    const found = matched
      ? element('div', { class: 'found' }, hiddenHeading(), hitList(hits, state), pageLinks(total, state))
      : noMatchNotice(state, total);
    const children = [found, facetList(facets, state)].filter((child) => child !== null);
    fill(matched ? 'hits' : 'no-match', statusLine(answer, state), children);
  }

  function fill(kind: string, line: string, children: HTMLElement[]): void {
    const held = section.contains(document.activeElement) ? document.activeElement : null;
    section.dataset.state = kind;
    section.setAttribute('aria-busy', 'false');
    section.replaceChildren(...children);
    status.textContent = line;
    if (held instanceof HTMLElement) keepFocus(section, held.dataset.focus);
  }

  return { show, forget };
}

/** Where the reader's focus was no longer exists: it goes to what took its place, or to the results' heading. */
function keepFocus(section: HTMLElement, name: string | undefined): void {
  const candidates = [...section.querySelectorAll<HTMLElement>('[data-focus]')];
  const successor = candidates.find((candidate) => candidate.dataset.focus === name);
  (successor ?? section.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: true });
}

function hiddenHeading(): HTMLElement {
  return element('h1', { class: 'visually-hidden', tabindex: '-1' }, 'Results');
}

function pageTitle({ query, page }: PageState): string {
  if (query === '') return 'Akin';
  return page === 1 ? `${query} – Akin` : `${query}, page ${page} – Akin`;
}

function statusLine({ hits, total, processingTimeMs }: SearchAnswer, { weak }: PageState): string {
  if (hits.length === 0) return total > 0 ? '' : 'No match';
  const time = processingTimeMs < 10 ? processingTimeMs.toFixed(1) : processingTimeMs.toFixed(0);
  return `${counted(total, 'document')} in ${time} ms${weak ? ', however weakly they match' : ''}`;
}

/** The start page can do without a number; not without a server, nor without a key where one is needed. */
function unlessUnusable(failure: unknown): null {
  const usable =
    failure instanceof RequestError && failure.status !== 0 && ![401, 503].includes(failure.status);
  if (!usable) throw failure;
  return null;
}
