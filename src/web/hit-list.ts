import type { DocumentFields, Duplicate, FoundPassage, Hit } from './answers.js';
import { PAGE_SIZE } from './api.js';
import { element } from './element.js';
import { factLine, factsOf, kindFact, placeOf } from './facts.js';
import { markedExcerpt } from './marked-text.js';
import { type PageState, pageHref, START } from './page-state.js';
import { titleOf } from './wording.js';

const FIRST_PASSAGE_LENGTH = 360;
const NEXT_PASSAGE_LENGTH = 200;

/** The hits of a state as a list whose titles and passages lead to the documents. */
export function hitList(hits: Hit[], state: PageState): HTMLElement {
  const start = String((state.page - 1) * PAGE_SIZE + 1);
  return element('ol', { class: 'hits', start }, ...hits.map((hit) => hitEntry(hit, state)));
}

function hitEntry({ document, score, passages, duplicates = [] }: Hit, state: PageState): HTMLElement {
  const first = passages[0]?.id ?? null;
  const title = element(
    'a',
    { class: 'hit-title', href: pageHref({ ...state, document: document.id, passage: first }) },
    titleOf(document),
  );
  return element(
    'li',
    { class: 'hit', 'data-document': document.id },
    element('h2', { lang: document.language, dir: 'auto' }, title),
    factLine(...factsOf(document), kindFact(document), scoreOf(score)),
    ...passages.map((passage, rank) =>
      passageEntry(passage, rank, document.language, { ...state, document: document.id }),
    ),
    duplicates.length === 0 ? null : duplicatesLine(duplicates, state),
    state.like === null ? moreLikeThis(document) : null,
  );
}

function passageEntry(
  passage: FoundPassage,
  rank: number,
  language: string | null,
  state: PageState,
): HTMLElement {
  const length = rank === 0 ? FIRST_PASSAGE_LENGTH : NEXT_PASSAGE_LENGTH;
  const place = placeOf(passage);
  return element(
    'p',
    { class: 'passage', dir: 'auto' },
    element(
      'a',
      { href: pageHref({ ...state, passage: passage.id }), lang: language },
      ...markedExcerpt(passage, length),
    ),
    place === null ? null : ' ',
    place === null ? null : element('span', { class: 'place' }, place),
  );
}

function scoreOf(score: number): HTMLElement {
  const bar = element(
    'span',
    { class: 'score-bar', 'aria-hidden': 'true' },
    element('span', { class: 'score-fill' }),
  );
  bar.style.setProperty('--score', String(Math.min(1, Math.max(0, score))));
  return element(
    'span',
    { class: 'fact score', title: 'Score: the estimated chance that this answers' },
    bar,
    element('span', { class: 'visually-hidden' }, 'Score '),
    score.toFixed(2),
  );
}

function duplicatesLine(duplicates: Duplicate[], state: PageState): HTMLElement {
  const links = duplicates.flatMap((duplicate, position) => [
    position === 0 ? 'also: ' : ', ',
    element('a', { href: pageHref({ ...state, document: duplicate.id, passage: null }) }, titleOf(duplicate)),
  ]);
  return element('p', { class: 'duplicates' }, ...links);
}

function moreLikeThis(document: DocumentFields): HTMLElement {
  const link = element(
    'a',
    { href: pageHref({ ...START, like: document.id }), 'aria-label': `More like this: ${titleOf(document)}` },
    'More like this',
  );
  return element('p', { class: 'more-like' }, link);
}
