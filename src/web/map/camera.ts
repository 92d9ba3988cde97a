/** What of the map is seen: its middle, and how many times larger than where the whole map just fits. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

/** The size of what it is seen on, in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
}

/** A place on the screen, from the upper left corner on, or on the map. */
export interface Point {
  x: number;
  y: number;
}

/** The whole map. */
export const WHOLE: Camera = { x: 0, y: 0, zoom: 1 };
const MOST_ZOOM = 200;
/** The part of the screen that the whole map takes up. */
const FILLED = 0.92;

/** CSS pixels from one to the next whole number on the map. */
export function pixelsPerUnit({ zoom }: Camera, { width, height }: Viewport): number {
  return (zoom * FILLED * Math.min(width, height)) / 2;
}

export function toScreen({ x, y }: Point, camera: Camera, viewport: Viewport): Point {
  const scale = pixelsPerUnit(camera, viewport);
  return { x: viewport.width / 2 + (x - camera.x) * scale, y: viewport.height / 2 - (y - camera.y) * scale };
}

export function toMap({ x, y }: Point, camera: Camera, viewport: Viewport): Point {
  const scale = pixelsPerUnit(camera, viewport);
  return { x: camera.x + (x - viewport.width / 2) / scale, y: camera.y - (y - viewport.height / 2) / scale };
}

/** Moved by pixels: what was under the hand stays under it. */
export function panned(camera: Camera, dx: number, dy: number, viewport: Viewport): Camera {
  const scale = pixelsPerUnit(camera, viewport);
  return within({ ...camera, x: camera.x - dx / scale, y: camera.y + dy / scale });
}

/** Larger by a factor, around a place of the screen that stays where it is. */
export function zoomed(camera: Camera, factor: number, around: Point, viewport: Viewport): Camera {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, camera.zoom * factor));
  const fixed = toMap(around, camera, viewport);
  const moved = toMap(around, { ...camera, zoom }, viewport);
  return within({ x: camera.x + fixed.x - moved.x, y: camera.y + fixed.y - moved.y, zoom });
}

/** The map can't be lost: its middle stays on it. */
export function within({ x, y, zoom }: Camera): Camera {
  const kept = (number: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, Number.isFinite(number) ? number : least));
  return { x: kept(x, -1, 1), y: kept(y, -1, 1), zoom: kept(zoom, 1, MOST_ZOOM) };
}
