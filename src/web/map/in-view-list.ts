import { element } from '../element.js';
import { factLine, factsOf } from '../facts.js';
import { type PageState, pageHref } from '../page-state.js';
import { counted, titleOf } from '../wording.js';
import type { Camera } from './camera.js';
import type { DrawnMap } from './drawn-map.js';

const MOST_LISTED = 20;

/** What the page says of a document of the map. */
export function describe(place: number, { documents, sources, languages }: DrawnMap) {
  return {
    id: documents.id[place] ?? '',
    title: documents.title[place] ?? null,
    source: sources[documents.source[place] ?? -1] ?? null,
    language: languages[documents.language[place] ?? -1] ?? null,
    publishedAt: documents.publishedAt[place] ?? null,
  };
}

/** What lists need of a document that no map knows. */
const UNKNOWN = { url: null, author: null, tags: [] };

/** The facts of a document of the map. */
export function mapFacts(place: number, map: DrawnMap): HTMLElement | null {
  return factLine(...factsOf({ ...UNKNOWN, ...describe(place, map) }));
}

/** The documents that are seen, those nearest to the middle first: the map for who does not see it. */
export function inViewList(seen: number[], map: DrawnMap, camera: Camera, state: PageState): HTMLElement[] {
  const nearest = nearestFew(seen, map, camera);
  const entries = nearest.map((place) => {
    const { id, title, language } = describe(place, map);
    const href = pageHref({ ...state, document: id, passage: null });
    const link = element(
      'a',
      { class: 'hit-title', href, lang: language, dir: 'auto' },
      titleOf({ id, title }),
    );
    return element('li', {}, link, mapFacts(place, map));
  });
  const more = seen.length > nearest.length ? `, the ${nearest.length} nearest to the middle` : '';
  return [
    element('h2', { class: 'small-heading' }, `In view: ${counted(seen.length, 'document')}${more}`),
    element('ul', { class: 'map-list' }, ...entries),
  ];
}

/** The few nearest to the middle, the nearest first. Of all that is seen no more is put in order: it may be everything. */
function nearestFew(seen: number[], { documents: { x, y } }: DrawnMap, camera: Camera): number[] {
  const nearest: { place: number; away: number }[] = [];
  for (const place of seen) {
    const away = ((x[place] ?? 0) - camera.x) ** 2 + ((y[place] ?? 0) - camera.y) ** 2;
    if (nearest.length === MOST_LISTED && away >= (nearest.at(-1)?.away ?? 0)) continue;
    const at = nearest.findIndex((other) => other.away > away);
    nearest.splice(at === -1 ? nearest.length : at, 0, { place, away });
    if (nearest.length > MOST_LISTED) nearest.pop();
  }
  return nearest.map(({ place }) => place);
}
