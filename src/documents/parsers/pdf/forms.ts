import type { Matrix, PdfAnnotation, PdfText } from './document.js';

/** How high the type of a field is where its box does not force it to be lower, in points, and its place in the box. */
const FIELD_SIZE = 12;
const SIZE_OF_BOX = 0.75;
const LINE_HEIGHT = 1.2;
const CHARACTER_WIDTH = 0.5;
const BOX_MARGIN = 0.2;

/** What is written in the fields of a form and in notes on the page, as texts at their places. */
export function filledTexts(annotations: PdfAnnotation[]): PdfText[] {
  return annotations.filter(isVisible).flatMap((annotation) => textsIn(annotation.rect, linesIn(annotation)));
}

function isVisible({ hidden, noView, password }: PdfAnnotation): boolean {
  return !hidden && !noView && !password;
}

function linesIn({ subtype, fieldType, fieldValue, textContent, contentsObj }: PdfAnnotation): string[] {
  const isText = subtype === 'Widget' && (fieldType === 'Tx' || fieldType === 'Ch');
  const values = isText ? [fieldValue].flat().filter((value) => typeof value === 'string') : [];
  const note = subtype === 'FreeText' ? (textContent ?? [contentsObj?.str ?? '']) : [];
  return [...values, ...note]
    .flatMap((value) => value.split(/\r\n?|\n/))
    .filter((line) => line.trim() !== '');
}

function textsIn([left, bottom, right, top]: PdfAnnotation['rect'], lines: string[]): PdfText[] {
  const size = Math.min(FIELD_SIZE, (SIZE_OF_BOX * (top - bottom)) / Math.max(1, lines.length)) || 1;
  const first = lines.length === 1 ? bottom + BOX_MARGIN * (top - bottom) : top - size;
  return lines.map((str, i) => ({
    str,
    dir: 'ltr',
    transform: [size, 0, 0, size, left, first - i * LINE_HEIGHT * size] satisfies Matrix,
    width: Math.min(right - left, str.length * CHARACTER_WIDTH * size),
    height: size,
    fontName: '',
  }));
}
