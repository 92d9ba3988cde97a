import { type PageState, pageHref, readPageState, resultsOf } from './page-state.js';

const SCROLL_SETTLES_MS = 150;
/** Browsers refuse an address that changes with every key. */
const TYPING_SETTLES_MS = 250;

/** What the browser's history keeps of an entry beside its address. */
interface Entry {
  /** The entry was made by typing and may be replaced by more of it. */
  typed: boolean;
  /** How many entries back the results are that a document was opened from; null when they are not behind. */
  resultsBehind: number | null;
  scroll: number;
}

/** Shows a state. `scroll` is where the reader was when they left it; null when they come to it anew. */
export type ShowState = (state: PageState, scroll: number | null) => void;

/** The ways between the page’s states. */
export interface Navigation {
  /** Shows the state of the address; where the reader left it, when they have been there. */
  begin(): void;
  current(): PageState;
  /** Goes to a state. While the reader types, one entry of the history takes all of it. */
  go(state: PageState, options?: { typed?: boolean }): void;
  /** Goes from a document to the results it was opened from, or would have been. */
  backToResults(): void;
  /** Shows the current state again. */
  refresh(): void;
}

/** Joins the page's states to the address, the history, and every link of the page that leads to a state. */
export function startNavigation(show: ShowState): Navigation {
  /** What is shown while the reader types, which the address follows a little later. */
  let typing: PageState | null = null;
  const current = () => typing ?? readPageState(location.search);
  const entry = (): Entry => {
    const kept = history.state as Entry | null;
    return kept ?? { typed: false, resultsBehind: current().document === null ? 0 : null, scroll: 0 };
  };
  let settling = 0;
  let settlingText = 0;

  function go(state: PageState, { typed = false } = {}): void {
    const same = pageHref(state) === pageHref(current());
    if (same && typed) return;
    window.clearTimeout(settlingText);
    if (typed) {
      typing = state;
      settlingText = window.setTimeout(settleText, TYPING_SETTLES_MS);
    } else {
      if (typing !== null && isSameSearch(state, typing)) typing = null;
      settleText();
      record(state, { typed: false });
    }
    show(state, null);
  }

  function settleText(): void {
    window.clearTimeout(settlingText);
    if (typing === null) return;
    const state = typing;
    typing = null;
    record(state, { typed: true });
  }

  function record(state: PageState, { typed }: { typed: boolean }): void {
    const before = entry();
    const same = pageHref(state) === pageHref(current());
    window.clearTimeout(settling);
    const href = new URL(pageHref(state), location.href);
    // What is entered takes the place of what was typed of it.
    if (same || (before.typed && (typed || isSameSearch(state, current())))) {
      history.replaceState({ ...before, typed }, '', href);
    } else {
      history.replaceState({ ...before, scroll: window.scrollY }, '');
      const behind = before.resultsBehind === null ? null : before.resultsBehind + 1;
      const next: Entry = { typed, resultsBehind: state.document === null ? 0 : behind, scroll: 0 };
      history.pushState(next, '', href);
    }
  }

  function backToResults(): void {
    const { resultsBehind } = entry();
    if (resultsBehind === null || resultsBehind === 0) go(resultsOf(current()));
    else history.go(-resultsBehind);
  }

  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', () => {
    window.clearTimeout(settling);
    window.clearTimeout(settlingText);
    typing = null;
    show(current(), entry().scroll);
  });
  window.addEventListener('scroll', () => {
    window.clearTimeout(settling);
    settling = window.setTimeout(
      () => history.replaceState({ ...entry(), scroll: window.scrollY }, ''),
      SCROLL_SETTLES_MS,
    );
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || !leadsToState(link, event)) return;
    event.preventDefault();
    go(readPageState(link.search));
  });

  return {
    begin: () => show(current(), history.state === null ? null : entry().scroll),
    current,
    go,
    backToResults,
    refresh: () => show(current(), window.scrollY),
  };
}

function isSameSearch(one: PageState, other: PageState): boolean {
  return pageHref({ ...one, prefix: false }) === pageHref({ ...other, prefix: false });
}

function leadsToState(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const here = link.origin === location.origin && link.pathname === location.pathname && link.hash === '';
  return plain && here && link.target === '' && !event.defaultPrevented;
}
