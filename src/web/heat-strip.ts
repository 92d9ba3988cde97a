import type { FoundPassage } from './answers.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';

/** The best passages are places to go to, if they score at least this part of the very best one's score. */
const PLACE_SHARE = 0.5;
const MOST_PLACES = 5;
/** Chances nearer to 0 or 1 than this are taken for this near. */
const SURE = 0.001;

/** What the strip tells of. */
export interface HeatStripOptions {
  /** Of the document's text, in UTF-16 units. */
  length: number;
  /** The document's passages with their scores. */
  answering: FoundPassage[];
  state: PageState;
}

/**
 * Where in a document its query is answered: the document as a line from its beginning to its end, warmer where
 * passages answer better, and ways from one such place to the next. Null where no passage answers.
 */
export function heatStrip({ length, answering, state }: HeatStripOptions): HTMLElement | null {
  const best = Math.max(0, ...answering.map(({ score }) => score));
  if (best === 0 || length === 0) return null;
  const places = placesOf(answering, best);
  const heats = heatsOf(answering.map(({ score }) => score));
  const marks = answering.map(({ id, start, end }, place) => {
    const mark = element('a', {
      href: pageHref({ ...state, passage: id }),
      tabindex: '-1',
      'data-current': id === state.passage,
    });
    mark.style.setProperty('--from', `${(100 * start) / length}%`);
    mark.style.setProperty('--span', `${(100 * (end - start)) / length}%`);
    mark.style.setProperty('--heat', String(heats[place]));
    return mark;
  });
  return element(
    'nav',
    { class: 'heat', 'aria-label': 'Where the query is answered' },
    element('div', { class: 'strip', 'aria-hidden': 'true' }, ...marks),
    ...wayOf(places, state),
  );
}

/**
 * From the coolest of the scores, 0, to the warmest, 1, by their log odds: passages of a document that is about the
 * query all score near 1.
 */
export function heatsOf(scores: number[]): number[] {
  const odds = scores.map((score) => {
    const chance = Math.min(1 - SURE, Math.max(SURE, score));
    return Math.log(chance / (1 - chance));
  });
  const [coolest, warmest] = [Math.min(...odds), Math.max(...odds)];
  return odds.map((value) => (warmest === coolest ? 1 : (value - coolest) / (warmest - coolest)));
}

/** The passages that answer best, in the order of the text. */
export function placesOf(answering: FoundPassage[], best: number): FoundPassage[] {
  return answering
    .filter(({ score }) => score >= best * PLACE_SHARE)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST_PLACES)
    .sort((one, other) => one.start - other.start);
}

function wayOf(places: FoundPassage[], state: PageState): HTMLElement[] {
  const current = places.findIndex(({ id }) => id === state.passage);
  const link = (place: FoundPassage | undefined, label: string, sign: string): HTMLElement =>
    place === undefined
      ? element('span', { class: 'no-way', 'aria-hidden': 'true' }, sign)
      : element(
          'a',
          { href: pageHref({ ...state, passage: place.id }), 'aria-label': label, 'data-focus': label },
          sign,
        );
  const told =
    current === -1
      ? `${places.length} best ${places.length === 1 ? 'place' : 'places'}`
      : `${current + 1} of ${places.length}`;
  const before = current === -1 ? undefined : places[current - 1];
  return [
    element('span', { class: 'told' }, told),
    link(before, 'Place before', '↑'),
    link(places[current + 1], 'Next place', '↓'),
  ];
}
