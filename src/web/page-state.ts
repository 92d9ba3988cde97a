import { MODES, type Mode, SORTS, type Sort } from './answers.js';

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
  sort: Sort;
  /** Counted from 1. */
  page: number;
  source: string | null;
  author: string | null;
  language: string | null;
  /** A hit has every one of them. */
  tags: string[];
  /** The first and the last day of publication, as `2025-07-16`. */
  from: string | null;
  to: string | null;
  /** The id of a document: in place of a query's, the hits are those related to it. */
  like: string | null;
  /** Also what the service would drop as noise. */
  weak: boolean;
  /** The query was still being typed: its last word may be the beginning of one. */
  prefix: boolean;
  /** The id of the document that is open, over the results. */
  document: string | null;
  /** The id of the passage at which it is open. */
  passage: number | null;
  /** The page of its PDF that is shown as it was printed. */
  sheet: number | null;
}

/** The start page. */
export const START: PageState = {
  view: 'search',
  query: '',
  mode: 'hybrid',
  sort: 'relevance',
  page: 1,
  source: null,
  author: null,
  language: null,
  tags: [],
  from: null,
  to: null,
  like: null,
  weak: false,
  prefix: false,
  document: null,
  passage: null,
  sheet: null,
};

/** The state that an address's query string (`?q=…`) stands for. What it gets wrong is as if it were absent. */
export function readPageState(queryString: string): PageState {
  const parameters = new URLSearchParams(queryString);
  return {
    view: VIEWS.find((view) => view === parameters.get('view')) ?? START.view,
    query: parameters.get('q')?.trim() ?? '',
    mode: MODES.find((mode) => mode === parameters.get('mode')) ?? START.mode,
    sort: SORTS.find((sort) => sort === parameters.get('sort')) ?? START.sort,
    page: wholeNumber(parameters.get('page'), 1) ?? START.page,
    source: parameters.get('source') || null,
    author: parameters.get('author') || null,
    language: parameters.get('language') || null,
    tags: [...new Set(parameters.getAll('tag').filter((tag) => tag !== ''))],
    from: day(parameters.get('from')),
    to: day(parameters.get('to')),
    like: parameters.get('like') || null,
    weak: parameters.get('weak') === '1',
    prefix: parameters.get('prefix') === '1',
    document: parameters.get('document') || null,
    passage: wholeNumber(parameters.get('passage'), 0),
    sheet: wholeNumber(parameters.get('sheet'), 1),
  };
}

/** The address of a state, relative to the page: `?q=…`, or `./` for the start page. Defaults are left out. */
export function pageHref(state: PageState): string {
  const parameters = new URLSearchParams();
  if (state.view !== START.view) parameters.set('view', state.view);
  if (state.document !== null) parameters.set('document', state.document);
  if (state.document !== null && state.passage !== null) parameters.set('passage', String(state.passage));
  if (state.document !== null && state.sheet !== null) parameters.set('sheet', String(state.sheet));
  if (state.query !== '') parameters.set('q', state.query);
  if (state.mode !== START.mode) parameters.set('mode', state.mode);
  if (state.sort !== START.sort) parameters.set('sort', state.sort);
  for (const name of ['like', 'source', 'author', 'language', 'from', 'to'] as const) {
    const value = state[name];
    if (value !== null) parameters.set(name, value);
  }
  for (const tag of state.tags) parameters.append('tag', tag);
  if (state.weak) parameters.set('weak', '1');
  if (state.prefix) parameters.set('prefix', '1');
  if (state.page !== START.page) parameters.set('page', String(state.page));
  return parameters.size === 0 ? './' : `?${parameters}`;
}

/** The view that a state's document was opened from. */
export function resultsOf(state: PageState): PageState {
  return { ...state, document: null, passage: null, sheet: null };
}

/** Whether any filter narrows the results. */
export function isFiltered(state: PageState): boolean {
  const { source, author, language, tags, from, to } = state;
  return [source, author, language, from, to].some((value) => value !== null) || tags.length > 0;
}

/** The same search from its first page, without any filter. */
export function withoutFilters(state: PageState): PageState {
  return { ...state, page: 1, source: null, author: null, language: null, tags: [], from: null, to: null };
}

function day(value: string | null): string | null {
  return value !== null && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}

function wholeNumber(value: string | null, least: number): number | null {
  if (value === null || !/^\d{1,15}$/.test(value)) return null;
  const number = Number(value);
  return number >= least ? number : null;
}
