import { createDocumentView } from './document-view.js';
import { listenToDrops } from './drops.js';
import { existing } from './element.js';
import { followJobs } from './jobs-line.js';
import { listenToKeyboard } from './keyboard.js';
import { startNavigation } from './navigation.js';
import { type PageState, START } from './page-state.js';
import { createSearchForm } from './search-form.js';
import { createSearchView } from './search-view.js';
import { createViews } from './views.js';

const main = existing('main', HTMLElement);
const results = existing('results', HTMLElement);
const documentSection = existing('document', HTMLElement);
const viewSection = existing('view', HTMLElement);
const viewLinks = existing('views', HTMLElement);
const status = existing('status', HTMLElement);
const input = existing('query', HTMLInputElement);

let shownSheet: number | null = null;
let showing = new AbortController();
let lastOpened: HTMLElement | null = null;

const navigation = startNavigation((state, scroll) => void show(state, scroll));
const form = createSearchForm({
  form: existing('search', HTMLFormElement),
  input,
  current: navigation.current,
  ask: navigation.go,
});
const searchView = createSearchView({
  section: results,
  status,
  refresh: navigation.refresh,
  go: navigation.go,
});
const documentView = createDocumentView({
  section: documentSection,
  back: navigation.backToResults,
  refresh: navigation.refresh,
});
const views = createViews({ section: viewSection, go: navigation.go, refresh: navigation.refresh });

async function show(state: PageState, scroll: number | null): Promise<void> {
  showing.abort();
  showing = new AbortController();
  const { signal } = showing;
  const { document: id, view } = state;
  const shown = id !== null ? documentSection : view === 'search' ? results : viewSection;
  const returning = id === null && shown.hidden;
  const held = document.activeElement;
  if (id !== null && held instanceof HTMLElement && !documentSection.contains(held)) lastOpened = held;

  form.follow(state);
  for (const section of [results, viewSection, documentSection]) section.hidden = section !== shown;
  status.hidden = shown !== results;
  for (const link of viewLinks.querySelectorAll('a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (shown !== viewSection) views.leave();
  if (id !== null) await documentView.show({ ...state, document: id }, signal);
  else if (view === 'search') await searchView.show(state, signal);
  else await views.show({ ...state, view }, signal);
  if (signal.aborted) return;

  if (returning && lastOpened?.isConnected && document.activeElement !== input)
    lastOpened.focus({ preventScroll: true });
  const sought = state.sheet === shownSheet || state.sheet === null ? 'mark' : '.page-figure';
  shownSheet = state.sheet;
  const place = id !== null && scroll === null ? documentSection.querySelector(sought) : null;
  if (place === null) window.scrollTo(0, scroll ?? 0);
  else place.scrollIntoView({ block: 'start' });
}

listenToKeyboard({
  input,
  stops: () => [...main.querySelectorAll<HTMLElement>('section:not([hidden]) .hit-title')],
  documentOpen: () => navigation.current().document !== null,
  back: navigation.backToResults,
  clear: form.clear,
});
existing('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
followJobs({
  line: existing('jobs', HTMLElement),
  finished() {
    searchView.forget();
    // Who is reading is not disturbed: results move only where there were none.
    if (!results.hidden && results.dataset.state !== 'hits') navigation.refresh();
  },
});
listenToDrops(() => navigation.go({ ...START, view: 'add' }));
navigation.begin();
// On a touch screen the keyboard would cover what there is to read.
if (!results.hidden && matchMedia('(pointer: fine)').matches) input.focus({ preventScroll: true });
