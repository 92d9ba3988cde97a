import type { RelatedHit, RelatedPassage } from './answers.js';
import { element } from './element.js';
import { excerptOf } from './excerpt.js';
import { factLine, factsOf } from './facts.js';
import { markedExcerpt } from './marked-text.js';
import { type PageState, pageHref } from './page-state.js';
import { titleOf } from './wording.js';

const PASSAGE_LENGTH = 130;
const REASON_LENGTH = 60;

/** The documents related to the one that is open, each with the pair of passages that makes it so. */
export function relatedList(hits: RelatedHit[], state: PageState): HTMLElement {
  if (hits.length === 0) return element('p', { class: 'quiet' }, 'Nothing else here is about this.');
  return element('ol', { class: 'related-list' }, ...hits.map((hit) => relatedEntry(hit, state)));
}

function relatedEntry({ document, passages }: RelatedHit, state: PageState): HTMLElement {
  const passage = passages[0];
  const href = pageHref({ ...state, document: document.id, passage: passage?.id ?? null, sheet: null });
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
    passage === undefined ? null : reason(passage, state),
  );
}

/** The passage here that the related one is near to. */
function reason({ of }: RelatedPassage, state: PageState): HTMLElement | null {
  if (of.id === null) return null;
  const { text, cutAfter } = excerptOf(of.text, [], REASON_LENGTH);
  return element(
    'p',
    { class: 'reason' },
    'near to ',
    element(
      'a',
      { href: pageHref({ ...state, passage: of.id }), dir: 'auto' },
      `“${text.trim()}${cutAfter ? ' …' : ''}”`,
    ),
  );
}
