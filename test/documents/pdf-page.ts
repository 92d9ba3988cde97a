import type { Matrix, PdfText } from '../../src/documents/parsers/pdf/document.js';
import { linesOf } from '../../src/documents/parsers/pdf/lines.js';
import { textDirections } from '../../src/documents/parsers/pdf/pieces.js';
import { segmentsOf } from '../../src/documents/parsers/pdf/segments.js';

const WIDTH = 600;
export const HEIGHT = 800;
/** A page as pdf.js describes it: y upwards in the file, downwards for a reader. */
export const page = { width: WIDTH, height: HEIGHT, transform: [1, 0, 0, -1, 0, HEIGHT] satisfies Matrix };
const CHARACTER = 0.5;

/** A run of text that begins at `x` points from the left and `y` from the top of a page. */
export function at(
  x: number,
  y: number,
  str: string,
  options: Partial<PdfText> & { size?: number } = {},
): PdfText {
  const { size = 10, ...rest } = options;
  const width = str.length * size * CHARACTER;
  const transform: Matrix = [size, 0, 0, size, x, HEIGHT - y];
  return { str, dir: 'ltr', transform, width, height: size, fontName: 'f', ...rest };
}

/** The same page, turned clockwise by so many degrees around its middle. */
export function turned(texts: PdfText[], degrees: number): PdfText[] {
  const [cos, sin] = [Math.cos((-degrees * Math.PI) / 180), Math.sin((-degrees * Math.PI) / 180)];
  return texts.map((text) => {
    const [a, b, c, d, e, f] = text.transform;
    const [x, y] = [e - WIDTH / 2, f - HEIGHT / 2];
    const transform: Matrix = [
      a * cos - b * sin,
      a * sin + b * cos,
      c * cos - d * sin,
      c * sin + d * cos,
      x * cos - y * sin + WIDTH / 2,
      x * sin + y * cos + HEIGHT / 2,
    ];
    return { ...text, transform };
  });
}

export function linesIn(texts: PdfText[]): string[] {
  return textDirections(texts, page).flatMap(({ pieces }) =>
    linesOf(segmentsOf(pieces)).map(({ text }) => text),
  );
}

export const prose = (start: string) => `${start} of a line that fills its column`.slice(0, 40);
/** Lines of prose below each other. */
export const column = (x: number, y: number, name: string, count: number, pitch = 12) =>
  Array.from({ length: count }, (_, i) => at(x, y + i * pitch, prose(`${name}${i}`)));
export const names = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => prose(`${name}${i}`));
