import type { Hit } from './answers.js';
import { element } from './element.js';
import { factLine, factsOf } from './facts.js';
import { markedExcerpt } from './marked-text.js';
import { type PageState, pageHref } from './page-state.js';
import { titleOf } from './wording.js';

const PASSAGE_LENGTH = 110;

/** The documents related to the one that is open, each with the beginning of the passage that makes it so. */
export function relatedList(hits: Hit[], state: PageState): HTMLElement {
  if (hits.length === 0) return element('p', { class: 'quiet' }, 'Nothing else here is about this.');
  return element('ol', { class: 'related-list' }, ...hits.map((hit) => relatedEntry(hit, state)));
}

function relatedEntry({ document, passages }: Hit, state: PageState): HTMLElement {
  const passage = passages[0];
  const href = pageHref({ ...state, document: document.id, passage: passage?.id ?? null });
  return element(
    'li',
    { 'data-document': document.id },
    element('a', { class: 'hit-title', href, lang: document.language, dir: 'auto' }, titleOf(document)),
    factLine(...factsOf({ ...document, language: null })),
    passage === undefined
      ? null
      : element(
          'p',
          { class: 'because', lang: document.language, dir: 'auto' },
          ...markedExcerpt(passage, PASSAGE_LENGTH),
        ),
  );
}
