import { element } from '../element.js';
import { type Camera, WHOLE } from './camera.js';
import { byKey } from './gestures.js';
import type { MapPicture } from './map-picture.js';

/** Buttons for who has neither wheel nor two fingers. */
export function zoomButtons(picture: MapPicture, camera: () => Camera): HTMLElement {
  const button = (words: string, name: string, next: () => Camera | null): HTMLElement => {
    const made = element('button', { type: 'button', 'aria-label': name, title: name }, words);
    made.addEventListener('click', () => picture.setCamera(next() ?? WHOLE));
    return made;
  };
  return element(
    'div',
    { class: 'map-zoom', role: 'group', 'aria-label': 'Zoom' },
    button('+', 'Zoom in', () => byKey('+', camera(), picture.viewport())),
    button('−', 'Zoom out', () => byKey('-', camera(), picture.viewport())),
    button('⤢', 'Show the whole map', () => WHOLE),
  );
}
