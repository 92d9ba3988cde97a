import { getRelated, getStory } from './api.js';
import type { DocumentState } from './document-view.js';
import { element } from './element.js';
import { wordFailure } from './failure-notice.js';
import { START } from './page-state.js';
import { relatedList } from './related-list.js';
import { storyTimeline } from './story-timeline.js';

const RELATED_LIMIT = 8;

/**
 * What stands beside a document: its story and the documents related to it. They come when they are there; a failure of
 * theirs costs nothing else. They go on coming while the reader moves within the document.
 */
export function neighbours(state: DocumentState): HTMLElement {
  const never = new AbortController().signal;
  const heading = element('h2', { id: 'related-heading', class: 'small-heading' }, 'Related');
  const related = element(
    'div',
    { 'aria-live': 'polite' },
    element('p', { class: 'loading' }, 'One moment …'),
  );
  const story = element('div', { class: 'story-beside' });
  getRelated(state.document, { limit: RELATED_LIMIT, state: START }, never).then(
    (hits) => related.replaceChildren(relatedList(hits, state)),
    (failure) => related.replaceChildren(element('p', { class: 'quiet' }, wordFailure(failure).heading)),
  );
  getStory(state.document, never).then(
    (found) => {
      if (found === null) return;
      story.replaceChildren(
        element('h2', { class: 'small-heading' }, 'The story'),
        storyTimeline(found, state, { current: state.document }),
      );
    },
    // What is related is told all the same, or why not.
    () => undefined,
  );
  return element('aside', { id: 'related', 'aria-labelledby': heading.id }, story, heading, related);
}
