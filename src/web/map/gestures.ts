import { type Camera, type Point, panned, type Viewport, WHOLE, zoomed } from './camera.js';

/** What gestures act on. */
export interface GestureOptions {
  viewport(): Viewport;
  camera(): Camera;
  move(camera: Camera): void;
  /** Where the pointer rests; null when it is gone. */
  hover(at: Point | null): void;
  /** A press that was no movement. */
  press(at: Point): void;
}

/** A pointer that moves less than this has not been moved, in CSS pixels. */
const STILL = 4;
const KEY_STEP = 60;
const KEY_ZOOM = 1.4;

/** Moves a camera by pointer, wheel, two fingers and keys on an element. */
export function listenToGestures(target: HTMLElement, options: GestureOptions): void {
  const pointers = new Map<number, Point>();
  let moved = 0;
  const placeOf = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });

  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    if (pointers.size === 0) moved = 0;
    pointers.set(event.pointerId, placeOf(event));
  });
  target.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    const now = placeOf(event);
    if (before === undefined) {
      options.hover(now);
      return;
    }
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    pointers.set(event.pointerId, now);
    if (moved < STILL) return;
    options.hover(null);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    options.move(other ? pinched(before, now, other) : dragged(before, now));
  });
  for (const name of ['pointerup', 'pointercancel'] as const) {
    target.addEventListener(name, (event) => {
      const isPress = name === 'pointerup' && pointers.size === 1 && moved < STILL;
      pointers.delete(event.pointerId);
      if (isPress && event.button === 0) options.press(placeOf(event));
    });
  }
  target.addEventListener('pointerleave', () => options.hover(null));
  target.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015));
      options.move(zoomed(options.camera(), factor, placeOf(event), options.viewport()));
    },
    { passive: false },
  );
  target.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const camera = byKey(event.key, options.camera(), options.viewport());
    if (camera === null) return;
    event.preventDefault();
    options.move(camera);
  });

  function dragged(before: Point, now: Point): Camera {
    return panned(options.camera(), now.x - before.x, now.y - before.y, options.viewport());
  }

  function pinched(before: Point, now: Point, other: Point): Camera {
    const apart = (point: Point): number => Math.hypot(point.x - other.x, point.y - other.y) || 1;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const moved = panned(
      options.camera(),
      (now.x - before.x) / 2,
      (now.y - before.y) / 2,
      options.viewport(),
    );
    return zoomed(moved, apart(now) / apart(before), middle, options.viewport());
  }
}

/** The camera after a key; null for one that is not about it. */
export function byKey(key: string, camera: Camera, viewport: Viewport): Camera | null {
  const middle = { x: viewport.width / 2, y: viewport.height / 2 };
  const by = (dx: number, dy: number) => panned(camera, dx * KEY_STEP, dy * KEY_STEP, viewport);
  if (key === 'ArrowLeft') return by(1, 0);
  if (key === 'ArrowRight') return by(-1, 0);
  if (key === 'ArrowUp') return by(0, 1);
  if (key === 'ArrowDown') return by(0, -1);
  if (key === '+' || key === '=') return zoomed(camera, KEY_ZOOM, middle, viewport);
  if (key === '-' || key === '_') return zoomed(camera, 1 / KEY_ZOOM, middle, viewport);
  if (key === '0' || key === 'Home') return WHOLE;
  return null;
}
