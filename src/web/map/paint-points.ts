import { type Camera, pixelsPerUnit, type Viewport } from './camera.js';
import type { Rgb } from './palette.js';

/** Points to paint: places on the map, and for each the place of its colour. */
export interface PaintedPoints {
  x: Float32Array;
  y: Float32Array;
  colours: Uint8Array;
}

/** How points are painted. */
export interface PaintOptions {
  camera: Camera;
  viewport: Viewport;
  /** Pixels of the picture for one of CSS. */
  density: number;
  /** In CSS pixels. */
  radius: number;
  paper: Rgb;
  palette: Rgb[];
}

/**
 * Paints points into a picture, the later over the earlier. Written pixel by pixel: a hundred thousand points take some
 * milliseconds, without a graphics card.
 */
export function paintPoints(image: ImageData, { x, y, colours }: PaintedPoints, options: PaintOptions): void {
  const { camera, viewport, density, radius, paper, palette } = options;
  const { width, height } = image;
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(packed(paper));
  const packedColours = Uint32Array.from(palette, packed);
  const { reach, whole, edge, parts } = stampOf(radius * density, width);
  const scale = pixelsPerUnit(camera, viewport) * density;
  const [middleX, middleY] = [width / 2 - camera.x * scale, height / 2 + camera.y * scale];
  for (let place = 0; place < x.length; place++) {
    const column = Math.round(middleX + (x[place] as number) * scale);
    const row = Math.round(middleY - (y[place] as number) * scale);
    const isInside = column >= reach && row >= reach && column < width - reach && row < height - reach;
    if (!isInside) continue;
    const middle = row * width + column;
    const colour = packedColours[colours[place] as number] as number;
    for (let cell = 0; cell < whole.length; cell++) pixels[middle + (whole[cell] as number)] = colour;
    for (let cell = 0; cell < edge.length; cell++) {
      const at = middle + (edge[cell] as number);
      pixels[at] = mixed(pixels[at] as number, colour, parts[cell] as number);
    }
  }
}

/** A disc, by its pixels' distances from its middle in a picture of some width. */
interface Stamp {
  reach: number;
  /** Pixels that it covers. */
  whole: Int32Array;
  /** Pixels that it covers in part. */
  edge: Int32Array;
  /** How much of each of those, of 256. */
  parts: Uint16Array;
}

function stampOf(radius: number, width: number): Stamp {
  const reach = Math.ceil(radius);
  const whole: number[] = [];
  const edge: { at: number; part: number }[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const part = Math.round(256 * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy))));
      if (part === 256) whole.push(dy * width + dx);
      else if (part > 0) edge.push({ at: dy * width + dx, part });
    }
  }
  return {
    reach,
    whole: Int32Array.from(whole),
    edge: Int32Array.from(edge, ({ at }) => at),
    parts: Uint16Array.from(edge, ({ part }) => part),
  };
}

/** As little-endian machines hold the four bytes of a pixel, which are all that browsers run on. */
function packed([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Two colours, of the second so many parts of 256: red and blue at once, then green. */
function mixed(below: number, above: number, part: number): number {
  const rest = 256 - part;
  const redBlue = (((below & 0xff00ff) * rest + (above & 0xff00ff) * part) >>> 8) & 0xff00ff;
  const green = (((below & 0x00ff00) * rest + (above & 0x00ff00) * part) >>> 8) & 0x00ff00;
  return (0xff000000 | redBlue | green) >>> 0;
}
