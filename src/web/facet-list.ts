import { FACET_FIELDS, type FacetCounts, type FacetField } from './answers.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';
import { languageName } from './wording.js';

const VALUES_SHOWN = 7;
const LABELS: Record<FacetField, string> = { source: 'Source', language: 'Language', tags: 'Tags' };

// Results come anew with every key typed; what the reader opened stays open.
const expanded = new Set<FacetField>();

/** The values by which the results can be narrowed, as links to the narrowed results; null when there are none. */
export function facetList(counts: FacetCounts, state: PageState): HTMLElement | null {
  const groups = FACET_FIELDS.map((field) => facetGroup(field, counts[field] ?? {}, state));
  if (groups.every((group) => group === null)) return null;
  return element('aside', { class: 'facets', 'aria-label': 'Narrow the results' }, ...groups);
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
  const heading = element('h2', { id: `facet-${field}`, class: 'small-heading' }, LABELS[field]);
  const group = element('section', { class: 'facet', 'aria-labelledby': heading.id }, heading, list);
  const hidden = chips.filter((entry) => entry.hidden);
  if (hidden.length > 0) list.append(element('li', {}, moreButton(field, hidden)));
  return group;
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
