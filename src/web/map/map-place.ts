import { type Camera, WHOLE, within } from './camera.js';

/** What a point's colour tells. */
export const COLOURINGS = ['cluster', 'source', 'language'] as const;
/** One of them. */
export type Colouring = (typeof COLOURINGS)[number];

/** What of the map is shown, and how. It is in the address, beside what the page has there. */
export interface MapPlace {
  camera: Camera;
  colouring: Colouring;
}

/** What an address's query string says: `at=0.12,-0.4,3.5` (the middle and the zoom), `colour=source`. */
export function readMapPlace(queryString: string): MapPlace {
  const parameters = new URLSearchParams(queryString);
  const numbers = parameters.get('at')?.split(',').map(Number) ?? [];
  const [x = 0, y = 0, zoom = 1] = numbers;
  const isPlace = numbers.length === 3 && numbers.every(Number.isFinite);
  const colouring = COLOURINGS.find((one) => one === parameters.get('colour')) ?? 'cluster';
  return { camera: isPlace ? within({ x, y, zoom }) : WHOLE, colouring };
}

/** The query string with a place in it; defaults are left out. */
export function withMapPlace(queryString: string, { camera, colouring }: MapPlace): string {
  const parameters = new URLSearchParams(queryString);
  parameters.delete('at');
  parameters.delete('colour');
  const { x, y, zoom } = camera;
  const isWhole = x === WHOLE.x && y === WHOLE.y && zoom === WHOLE.zoom;
  if (!isWhole) parameters.set('at', [x.toFixed(4), y.toFixed(4), zoom.toFixed(2)].join(','));
  if (colouring !== 'cluster') parameters.set('colour', colouring);
  return `?${parameters}`;
}
