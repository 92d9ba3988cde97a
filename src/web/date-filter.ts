import { element } from './element.js';
import type { Navigation } from './navigation.js';
import type { PageState } from './page-state.js';

/** Two fields for the days between which documents were published; a change goes to the narrowed state. */
export function dateFilter(state: PageState, go: Navigation['go']): HTMLElement {
  const field = (name: 'from' | 'to', label: string): HTMLElement => {
    const input = element('input', {
      id: `date-${name}`,
      type: 'date',
      value: state[name],
      'data-focus': `date:${name}`,
    });
    input.addEventListener('change', () => go({ ...state, page: 1, [name]: input.value || null }));
    return element('label', { for: input.id }, element('span', {}, label), input);
  };
  const heading = element('h2', { id: 'facet-date', class: 'small-heading' }, 'Published');
  return element(
    'section',
    { class: 'facet dates', 'aria-labelledby': heading.id },
    heading,
    element('div', { class: 'date-fields' }, field('from', 'from'), field('to', 'to')),
  );
}
