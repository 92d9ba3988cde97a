import type { Story } from './answers.js';
import { listStories } from './api.js';
import { dateFilter } from './date-filter.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';
import { storyTimeline } from './story-timeline.js';
import type { View, ViewOptions } from './views.js';
import { counted, dayOf, titleOf } from './wording.js';

/** Stories on the first page of them; each page after it adds as many. */
const STORIES_SHOWN = 12;
/** Documents of a story that are shown before the reader opens it. */
const DOCUMENTS_SHOWN = 6;

/** The stories of the index, the newest first, each along the line of time. */
export function createStoriesView({ section, go }: ViewOptions): View {
  async function show(state: PageState, signal: AbortSignal): Promise<void> {
    document.title = 'Stories – Akin';
    const { stories, more } = await listStories(state, STORIES_SHOWN * state.page, signal);
    signal.throwIfAborted();
    section.dataset.state = 'stories';
    section.replaceChildren(
      element('h1', { tabindex: '-1' }, 'Stories'),
      element(
        'p',
        { class: 'lead' },
        'Documents that tell of one event, found by what they say and when they appeared.',
      ),
      dateFilter(state, go),
      stories.length === 0
        ? noStories(state)
        : element('div', { class: 'stories' }, ...stories.map((story) => entry(story, state))),
      ...(more
        ? [
            element(
              'p',
              { class: 'more' },
              element('a', { href: pageHref({ ...state, page: state.page + 1 }) }, 'Older stories'),
            ),
          ]
        : []),
    );
  }

  return { show };
}

function entry(story: Story, state: PageState): HTMLElement {
  const { documents, title, id, firstAt, lastAt } = story;
  const hidden = Math.max(0, documents.length - DOCUMENTS_SHOWN);
  const shown = { ...story, documents: hidden > 0 ? documents.slice(-DOCUMENTS_SHOWN) : documents };
  const timeline = storyTimeline(shown, state);
  const all = element('button', { type: 'button', class: 'link' }, `All ${documents.length}`);
  const article = element(
    'article',
    { class: 'story' },
    element('h2', { dir: 'auto' }, titleOf({ id, title })),
    element('p', { class: 'facts' }, `${counted(documents.length, 'document')}${span(firstAt, lastAt)}`),
    timeline,
    hidden > 0 ? all : null,
  );
  all.addEventListener('click', () => {
    const whole = storyTimeline(story, state);
    timeline.replaceWith(whole);
    all.remove();
    whole.querySelector('a')?.focus();
  });
  return article;
}

function span(firstAt: string | null, lastAt: string | null): string {
  if (firstAt === null || lastAt === null) return '';
  const [first, last] = [dayOf(firstAt), dayOf(lastAt)];
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
}

function noStories({ from, to }: PageState): HTMLElement {
  const narrowed = from !== null || to !== null;
  return element(
    'div',
    { class: 'notice' },
    element('h2', {}, narrowed ? 'No story in these days' : 'No stories yet'),
    element(
      'p',
      {},
      narrowed
        ? 'Widen the days, or clear them.'
        : 'A story shows up when two or more documents tell of the same event within a few days.',
    ),
  );
}
