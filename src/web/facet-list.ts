import { FACET_FIELDS, type FacetCounts, type FacetField, SORTS, type Sort } from './answers.js';
import { dateFilter } from './date-filter.js';
import { element } from './element.js';
import type { Navigation } from './navigation.js';
import { type PageState, pageHref } from './page-state.js';
import { languageName } from './wording.js';

const VALUES_SHOWN = 7;
const LABELS: Record<FacetField, string> = {
  source: 'Source',
  author: 'Author',
  language: 'Language',
  tags: 'Tags',
};
const SORT_LABELS: Record<Sort, string> = { relevance: 'Best first', newest: 'Newest', oldest: 'Oldest' };

// Results come anew with every key typed; what the reader opened stays open.
const expanded = new Set<FacetField>();
/** Where they would stand above the results, the groups are shown only when they are asked for. */
let opened = false;

/** How the results are sorted, and the values by which they can be narrowed, as links to those results. */
export function facetList(counts: FacetCounts, state: PageState, go: Navigation['go']): HTMLElement {
  const details = element(
    'details',
    { class: 'facet-groups', open: isWide() || opened },
    element('summary', {}, 'Sort and filter'),
    sortGroup(state),
    ...FACET_FIELDS.map((field) => facetGroup(field, counts[field] ?? {}, state)),
    dateFilter(state, go),
  );
  details.addEventListener('toggle', () => {
    if (!isWide()) opened = details.open;
  });
  return element('aside', { class: 'facets', 'aria-label': 'Sort and narrow the results' }, details);
}

function isWide(): boolean {
  return matchMedia('(min-width: 56rem)').matches;
}

function sortGroup(state: PageState): HTMLElement {
  const links = SORTS.map((sort) =>
    element(
      'li',
      {},
      element(
        'a',
        {
          class: 'chip',
          href: pageHref({ ...state, sort, page: 1 }),
          'aria-current': sort === state.sort ? 'true' : null,
          'data-focus': `sort:${sort}`,
        },
        SORT_LABELS[sort],
      ),
    ),
  );
  return group('sort', 'Sort by', element('ul', { class: 'chips' }, ...links));
}

function group(name: string, label: string, list: HTMLElement): HTMLElement {
  const heading = element('h2', { id: `facet-${name}`, class: 'small-heading' }, label);
  return element('section', { class: 'facet', 'aria-labelledby': heading.id }, heading, list);
}

/** A state's search with one value of a field switched on, or off when it was on; from its first page. */
export function toggled(state: PageState, field: FacetField, value: string): PageState {
  if (field !== 'tags') return { ...state, page: 1, [field]: state[field] === value ? null : value };
  const without = state.tags.filter((tag) => tag !== value);
  return { ...state, page: 1, tags: without.length < state.tags.length ? without : [...state.tags, value] };
}

function facetGroup(field: FacetField, counts: Record<string, number>, state: PageState): HTMLElement | null {
  const active = field === 'tags' ? state.tags : [state[field]].filter((value) => value !== null);
  const offered = Object.keys(counts).filter((value) => value !== '' && !active.includes(value));
  offered.sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || one.localeCompare(other));
  const values = [...active, ...offered];
  if (values.length === 0) return null;

  const chips = values.map((value, position) => {
    const link = chip(field, value, counts[value], state);
    return element('li', { hidden: position >= VALUES_SHOWN && !expanded.has(field) }, link);
  });
  const list = element('ul', { class: 'chips' }, ...chips);
  const hidden = chips.filter((entry) => entry.hidden);
  if (hidden.length > 0) list.append(element('li', {}, moreButton(field, hidden)));
  return group(field, LABELS[field], list);
}

function chip(field: FacetField, value: string, count: number | undefined, state: PageState): HTMLElement {
  const on = field === 'tags' ? state.tags.includes(value) : state[field] === value;
  const name = field === 'language' ? languageName(value) : value;
  return element(
    'a',
    {
      class: 'chip',
      href: pageHref(toggled(state, field, value)),
      'aria-current': on ? 'true' : null,
      'data-focus': `${field}:${value}`,
      title: on ? `Remove the filter ${name}` : null,
    },
    element('span', { class: 'chip-name' }, name),
    count === undefined ? null : element('span', { class: 'chip-count' }, ` ${count}`),
    on ? element('span', { class: 'chip-off', 'aria-hidden': 'true' }, ' ×') : null,
  );
}

function moreButton(field: FacetField, hidden: HTMLElement[]): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, `${hidden.length} more`);
  button.addEventListener('click', () => {
    expanded.add(field);
    for (const entry of hidden) entry.hidden = false;
    button.parentElement?.remove();
    hidden[0]?.querySelector('a')?.focus();
  });
  return button;
}
