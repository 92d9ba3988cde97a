import { element } from '../element.js';
import { type Camera, type Point, toMap, toScreen, type Viewport, WHOLE } from './camera.js';
import { drawLabels } from './draw-labels.js';
import type { DrawnMap } from './drawn-map.js';
import { listenToGestures } from './gestures.js';
import type { Grouping } from './grouping.js';
import { paintPoints } from './paint-points.js';
import { cssOf, readTheme, type Theme } from './palette.js';
import { PointGrid } from './point-grid.js';

/** A screen's finer pixels than this are not seen. */
const MOST_DENSITY = 2;
/** More points than this are drawn in coarse pixels while they move. */
const FEW = 10_000;
/** How long the camera rests before all is drawn in fine pixels, in milliseconds. */
const RESTS_MS = 150;
/** How far beside a point still means it, in CSS pixels. */
const REACH = 12;

/** What a picture of the map tells. */
export interface MapPictureOptions {
  map: DrawnMap;
  /** The camera has moved. */
  moved(camera: Camera): void;
  /** A point is pointed at, at a place of the picture; null when none is. */
  hovered(place: number | null, at: Point): void;
  opened(place: number): void;
}

/** A picture of the map that can be moved. */
export interface MapPicture {
  canvas: HTMLCanvasElement;
  setCamera(camera: Camera): void;
  /** Colours the points; only those of one group where one is named. */
  colour(grouping: Grouping, only: number | null): void;
  viewport(): Viewport;
  /** The points that are seen. */
  inView(): number[];
  /** Draws anew: in other colours, or another size. */
  refresh(): void;
}

/** Makes a picture of a map, drawn when the browser next draws. */
export function createMapPicture({ map, moved, hovered, opened }: MapPictureOptions): MapPicture {
  const { documents, clusters } = map;
  const points = { x: Float32Array.from(documents.x), y: Float32Array.from(documents.y) };
  const grid = new PointGrid(points.x, points.y);
  const canvas = element('canvas', { class: 'map-canvas', tabindex: '0', role: 'application' });
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser has no canvas to draw on.');
  let camera = WHOLE;
  let grouping: Grouping | null = null;
  let only: number | null = null;
  let theme: Theme | null = null;
  let held: number | null = null;
  let image: ImageData | null = null;
  let isDue = false;
  /** The picture has the points as they are to be seen; labels and ring may have changed. */
  let isPainted = false;
  let resting = 0;

  const viewport = (): Viewport => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const radius = (): number => {
    const least = points.x.length < 500 ? 4 : points.x.length < 5_000 ? 3 : 1.75;
    return Math.min(6, least + Math.log2(camera.zoom) * 0.5);
  };
  const pointAt = (at: Point): number | null => {
    const here = toMap(at, camera, viewport());
    const beside = toMap({ x: at.x + REACH, y: at.y }, camera, viewport());
    return grid.nearest(here, beside.x - here.x);
  };

  function due(): void {
    isPainted = false;
    drawSoon();
  }

  function drawSoon(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (canvas.isConnected && context && grouping) draw(context, grouping);
    });
  }

  function draw(onto: CanvasRenderingContext2D, { of, named }: Grouping): void {
    const size = viewport();
    if (size.width === 0 || size.height === 0) return;
    const density = resting !== 0 && points.x.length > FEW ? 1 : Math.min(MOST_DENSITY, devicePixelRatio);
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    if (image?.width !== width || image.height !== height) {
      image = onto.createImageData(width, height);
      isPainted = false;
    }
    theme ??= readTheme(named);
    const { paper, faint, groups } = theme;
    const palette = [...groups, faint].map((colour, place) =>
      only === null || only === place ? colour : faint,
    );
    if (!isPainted) {
      const painted = { ...points, colours: of };
      paintPoints(image, painted, { camera, viewport: size, density, radius: radius(), paper, palette });
    }
    isPainted = true;
    onto.putImageData(image, 0, 0);
    onto.setTransform(density, 0, 0, density, 0, 0);
    if (held !== null) drawRing(onto, theme, held);
    drawLabels(onto, clusters, { camera, viewport: size, theme, font: fontOf(canvas) });
  }

  function drawRing(onto: CanvasRenderingContext2D, { ink }: Theme, place: number): void {
    const { x, y } = screenPlace(place);
    onto.strokeStyle = cssOf(ink);
    onto.lineWidth = 2;
    onto.beginPath();
    onto.arc(x, y, radius() + 3, 0, 2 * Math.PI);
    onto.stroke();
  }

  function screenPlace(place: number): Point {
    return toScreen({ x: points.x[place] ?? 0, y: points.y[place] ?? 0 }, camera, viewport());
  }

  function setCamera(next: Camera): void {
    camera = next;
    window.clearTimeout(resting);
    resting = window.setTimeout(() => {
      resting = 0;
      due();
    }, RESTS_MS);
    due();
    moved(camera);
  }

  listenToGestures(canvas, {
    viewport,
    camera: () => camera,
    move: setCamera,
    hover(at) {
      const place = at === null ? null : pointAt(at);
      canvas.style.cursor = place === null ? '' : 'pointer';
      if (place !== held) drawSoon();
      held = place;
      hovered(place, place === null ? { x: 0, y: 0 } : screenPlace(place));
    },
    press(at) {
      const place = pointAt(at);
      if (place !== null) opened(place);
    },
  });

  return {
    canvas,
    setCamera,
    colour(next, alone) {
      if (next !== grouping) theme = null;
      grouping = next;
      only = alone;
      due();
    },
    viewport,
    inView() {
      const { width, height } = viewport();
      const low = toMap({ x: 0, y: height }, camera, viewport());
      return grid.within(low, toMap({ x: width, y: 0 }, camera, viewport()));
    },
    refresh() {
      theme = null;
      due();
    },
  };
}

function fontOf(canvas: HTMLElement): string {
  return getComputedStyle(canvas).fontFamily;
}
