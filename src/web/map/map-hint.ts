import { element } from '../element.js';
import { titleOf } from '../wording.js';
import type { Point } from './camera.js';
import type { DrawnMap } from './drawn-map.js';
import { describe, mapFacts } from './in-view-list.js';
import type { MapPicture } from './map-picture.js';

/** Tells of the document that is pointed at, beside its point and within the picture. */
export function fillHint(
  hint: HTMLElement,
  place: number,
  map: DrawnMap,
  at: Point,
  picture: MapPicture,
): void {
  const { id, title, language } = describe(place, map);
  hint.replaceChildren(
    element('p', { class: 'map-hint-title', lang: language, dir: 'auto' }, titleOf({ id, title })),
    mapFacts(place, map) ?? '',
  );
  const { width, height } = picture.viewport();
  hint.classList.toggle('is-left', at.x > width / 2);
  hint.classList.toggle('is-above', at.y > height / 2);
  hint.style.left = `${at.x}px`;
  hint.style.top = `${at.y}px`;
}
