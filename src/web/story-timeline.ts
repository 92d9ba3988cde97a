import type { Story } from './answers.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';
import { dayOf, titleOf } from './wording.js';

/** A story's documents along the line of time, in the order in which they were published. */
export function storyTimeline(
  { documents }: Story,
  state: PageState,
  { current = null }: { current?: string | null } = {},
): HTMLElement {
  let day: string | null = null;
  const entries = documents.map(({ id, title, publishedAt, source }) => {
    const published = publishedAt === null ? null : dayOf(publishedAt);
    const isNewDay = published !== day;
    day = published;
    const href = pageHref({ ...state, document: id, passage: null, sheet: null });
    return element(
      'li',
      { 'aria-current': id === current ? 'true' : null },
      published !== null && isNewDay
        ? element('time', { datetime: publishedAt?.slice(0, 10) ?? null }, published)
        : null,
      element('a', { class: 'hit-title', href, dir: 'auto' }, titleOf({ id, title })),
      source === null ? null : element('span', { class: 'quiet' }, source),
    );
  });
  return element('ol', { class: 'timeline' }, ...entries);
}
