import { MODES, type Mode } from './answers.js';

/** What the page can show beside a document. */
export const VIEWS = ['search', 'stories', 'map', 'add', 'status'] as const;
/** One of them. */
export type ViewName = (typeof VIEWS)[number];

/** Everything that decides what the page shows. All of it is in the address, so any view can be linked to. */
export interface PageState {
  view: ViewName;
  /** Without white space at either end; empty on the start page. */
  query: string;
  mode: Mode;
  /** Counted from 1. */
  page: number;
  source: string | null;
  language: string | null;
  /** A hit has every one of them. */
  tags: string[];
  /** Also what the service would drop as noise. */
  weak: boolean;
  /** The query was still being typed: its last word may be the beginning of one. */
  prefix: boolean;
  /** The id of the document that is open, over the results. */
  document: string | null;
  /** The id of the passage at which it is open. */
  passage: number | null;
}

/** The start page. */
export const START: PageState = {
  view: 'search',
  query: '',
  mode: 'hybrid',
  page: 1,
  source: null,
  language: null,
  tags: [],
  weak: false,
  prefix: false,
  document: null,
  passage: null,
};

/** The state that an address's query string (`?q=…`) stands for. What it gets wrong is as if it were absent. */
export function readPageState(queryString: string): PageState {
  const parameters = new URLSearchParams(queryString);
  return {
    view: VIEWS.find((view) => view === parameters.get('view')) ?? START.view,
    query: parameters.get('q')?.trim() ?? '',
    mode: MODES.find((mode) => mode === parameters.get('mode')) ?? START.mode,
    page: wholeNumber(parameters.get('page'), 1) ?? START.page,
    source: parameters.get('source') || null,
    language: parameters.get('language') || null,
    tags: [...new Set(parameters.getAll('tag').filter((tag) => tag !== ''))],
    weak: parameters.get('weak') === '1',
    prefix: parameters.get('prefix') === '1',
    document: parameters.get('document') || null,
    passage: wholeNumber(parameters.get('passage'), 0),
  };
}

/** The address of a state, relative to the page: `?q=…`, or `./` for the start page. Defaults are left out. */
export function pageHref(state: PageState): string {
  const parameters = new URLSearchParams();
  if (state.view !== START.view) parameters.set('view', state.view);
  if (state.document !== null) parameters.set('document', state.document);
  if (state.document !== null && state.passage !== null) parameters.set('passage', String(state.passage));
  if (state.query !== '') parameters.set('q', state.query);
  if (state.mode !== START.mode) parameters.set('mode', state.mode);
  if (state.source !== null) parameters.set('source', state.source);
  if (state.language !== null) parameters.set('language', state.language);
  for (const tag of state.tags) parameters.append('tag', tag);
  if (state.weak) parameters.set('weak', '1');
  if (state.prefix) parameters.set('prefix', '1');
  if (state.page !== START.page) parameters.set('page', String(state.page));
  return parameters.size === 0 ? './' : `?${parameters}`;
}

/** The view that a state's document was opened from. */
export function resultsOf(state: PageState): PageState {
  return { ...state, document: null, passage: null };
}

/** Whether any filter narrows the results. */
export function isFiltered(state: PageState): boolean {
  return state.source !== null || state.language !== null || state.tags.length > 0;
}

/** The same search from its first page, without any filter. */
export function withoutFilters(state: PageState): PageState {
  return { ...state, page: 1, source: null, language: null, tags: [] };
}

function wholeNumber(value: string | null, least: number): number | null {
  if (value === null || !/^\d{1,15}$/.test(value)) return null;
  const number = Number(value);
  return number >= least ? number : null;
}
