import type { SearchAnswer } from './answers.js';
import { countDocuments, getDocument, getRelated, listDocuments, search } from './api.js';
import { element } from './element.js';
import { facetList } from './facet-list.js';
import { failureNotice } from './failure-notice.js';
import { hitList } from './hit-list.js';
import type { Navigation } from './navigation.js';
import { noMatchNotice } from './no-match-notice.js';
import { pageLinks } from './page-links.js';
import { type PageState, pageHref, resultsOf } from './page-state.js';
import { RequestError } from './request.js';
import { startNotice } from './start-notice.js';
import { counted, titleOf } from './wording.js';

const EXAMPLES_SHOWN = 5;
const ALIKE_SHOWN = 30;
/** How long the words of a query may stand before its meaning is sought, which takes longer. */
const WORDS_SETTLE_MS = 120;

/** The places that the search view fills, and what it may ask of the page. */
export interface SearchViewOptions {
  /** Where results, notices and failures go. */
  section: HTMLElement;
  /** Where a line about them goes; readers of the screen hear it. */
  status: HTMLElement;
  /** Shows the current state again. */
  refresh(): void;
  go: Navigation['go'];
}

/** The start page and the results, as the page drives them. */
export interface SearchView {
  /** Shows the results of a state, or the start page. What was shown before stays until they are there. */
  show(state: PageState, signal: AbortSignal): Promise<void>;
  /** Makes the next `show` ask again, even for what is already shown. */
  forget(): void;
}

/** The start page and the results. `section.dataset.state` says what is shown: start, hits, no-match or failure. */
export function createSearchView({ section, status, refresh, go }: SearchViewOptions): SearchView {
  let shown: string | null = null;

  async function show(state: PageState, signal: AbortSignal): Promise<void> {
    document.title = pageTitle(state);
    const href = pageHref(resultsOf(state));
    section.setAttribute('aria-busy', String(href !== shown));
    if (href === shown) return;
    if (!section.hasChildNodes()) section.append(element('p', { class: 'loading' }, 'One moment …'));
    try {
      if (state.like !== null) await showAlike({ ...state, like: state.like }, signal);
      else if (state.query === '') await showStart(signal);
      else await showResults(state, signal);
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

  /** While a query is typed, what its words find comes at once, and what it means a moment later. */
  async function showResults(state: PageState, signal: AbortSignal): Promise<void> {
    if (state.prefix && state.mode === 'hybrid') {
      const byWords = await search({ ...state, mode: 'keyword' }, signal);
      if (byWords.hits.length > 0) showAnswer(byWords, state, { final: false });
      await settled(signal);
    }
    showAnswer(await search(state, signal), state);
  }

  async function showAlike(state: PageState & { like: string }, signal: AbortSignal): Promise<void> {
    const [source, hits] = await Promise.all([
      getDocument(state.like, signal),
      getRelated(state.like, { limit: ALIKE_SHOWN, state }, signal),
    ]);
    document.title = `More like ${titleOf(source)} – Akin`;
    const heading = element(
      'h1',
      { class: 'alike', tabindex: '-1' },
      'More like ',
      element('a', { href: pageHref({ ...state, document: source.id }), dir: 'auto' }, titleOf(source)),
    );
    const list =
      hits.length > 0
        ? hitList(hits, state)
        : element('p', { class: 'quiet' }, 'Nothing else here is about this.');
    fill('hits', counted(hits.length, 'related document'), [
      element('div', { class: 'found' }, heading, list),
    ]);
  }

  function showAnswer(answer: SearchAnswer, state: PageState, { final = true } = {}): void {
    const { hits, total, facets = {} } = answer;
    const matched = hits.length > 0;
    const found = matched
      ? element('div', { class: 'found' }, hiddenHeading(), hitList(hits, state), pageLinks(total, state))
      : noMatchNotice(state, total);
    const children = [found, facetList(facets, state, go)].filter((child) => child !== null);
    fill(matched ? 'hits' : 'no-match', final ? statusLine(answer, state) : '', children, final);
  }

  function fill(kind: string, line: string, children: HTMLElement[], final = true): void {
    const held = section.contains(document.activeElement) ? document.activeElement : null;
    section.dataset.state = kind;
    section.setAttribute('aria-busy', String(!final));
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

/** Resolves when the reader has paused. Rejects with the signal's reason once it is aborted. */
function settled(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(resolve, WORDS_SETTLE_MS);
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** The start page can do without a number; not without a server, nor without a key where one is needed. */
function unlessUnusable(failure: unknown): null {
  const usable =
    failure instanceof RequestError && failure.status !== 0 && ![401, 503].includes(failure.status);
  if (!usable) throw failure;
  return null;
}
