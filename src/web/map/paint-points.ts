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
  const stamp = stampOf(radius * density);
  const scale = pixelsPerUnit(camera, viewport) * density;
  const [middleX, middleY] = [width / 2 - camera.x * scale, height / 2 + camera.y * scale];
  for (let place = 0; place < x.length; place++) {
    const left = Math.round(middleX + (x[place] as number) * scale) - stamp.reach;
    const top = Math.round(middleY - (y[place] as number) * scale) - stamp.reach;
    if (left < 0 || top < 0 || left + stamp.size > width || top + stamp.size > height) continue;
    const colour = packedColours[colours[place] as number] as number;
    for (const { dx, dy, part } of stamp.cells) {
      const at = (top + dy) * width + left + dx;
      pixels[at] = part === 256 ? colour : mixed(pixels[at] as number, colour, part);
    }
  }
}

/** A disc: the pixels in it, and how much of each it covers, of 256. */
interface Stamp {
  size: number;
  reach: number;
  cells: { dx: number; dy: number; part: number }[];
}

function stampOf(radius: number): Stamp {
  const reach = Math.ceil(radius);
  const size = 2 * reach + 1;
  const cells = [];
  for (let dy = 0; dy < size; dy++) {
    for (let dx = 0; dx < size; dx++) {
      const distance = Math.hypot(dx - reach, dy - reach);
      const part = Math.round(256 * Math.min(1, Math.max(0, radius + 0.5 - distance)));
      if (part > 0) cells.push({ dx, dy, part });
    }
  }
  return { size, reach, cells };
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
