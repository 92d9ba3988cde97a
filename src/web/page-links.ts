import { PAGE_SIZE } from './api.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';

/** Links to the pages before and after; null when all hits are on one. */
export function pageLinks(total: number, state: PageState): HTMLElement | null {
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages <= 1) return null;
  const link = (page: number, label: string, rel: string) =>
    page < 1 || page > pages
      ? element('span', { class: 'no-page' })
      : element('a', { href: pageHref({ ...state, page }), rel }, label);
  return element(
    'nav',
    { class: 'pages', 'aria-label': 'Pages of results' },
    link(state.page - 1, '← Previous', 'prev'),
    element('span', {}, `Page ${state.page} of ${pages}`),
    link(state.page + 1, 'Next →', 'next'),
  );
}
