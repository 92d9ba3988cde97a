import { element } from './element.js';
import { isFiltered, type PageState, pageHref, withoutFilters } from './page-state.js';

/** What stands in place of hits when a state's search has none: why, and what may help. */
export function noMatchNotice(state: PageState, total: number): HTMLElement {
  if (total > 0) return beyondLastPage(state);
  const where = isFiltered(state) ? 'with these filters' : 'in these documents';
  const again = { ...state, page: 1 };
  const ways = [
    isFiltered(state) ? way(withoutFilters(state), 'Search without the filters') : null,
    state.mode === 'hybrid'
      ? null
      : way({ ...again, mode: 'hybrid' }, 'Search by meaning and words together'),
    state.weak ? null : way({ ...again, weak: true }, 'Show the nearest passages, though they hardly answer'),
  ];
  return element(
    'div',
    { class: 'notice no-match' },
    element('h1', {}, 'No match'),
    element('p', {}, 'Nothing ', where, ' answers ', element('q', {}, state.query), '.'),
    element('p', {}, 'Other or fewer words may find it, or a whole question instead of a name.'),
    element('ul', { class: 'ways' }, ...ways),
  );
}

function beyondLastPage(state: PageState): HTMLElement {
  return element(
    'div',
    { class: 'notice no-match' },
    element('h1', {}, `There is no page ${state.page}`),
    element('p', {}, 'The results end before it.'),
    element('ul', { class: 'ways' }, way({ ...state, page: 1 }, 'Go to the first page')),
  );
}

function way(state: PageState, label: string): HTMLElement {
  return element('li', {}, element('a', { href: pageHref(state) }, label));
}
