import { drawingOperators, type Matrix, type PdfPage } from './document.js';
import { multiply } from './pieces.js';

/** A page that pictures cover so much of is a scan. */
const COVERED = 0.5;
const IMAGES = [
  'paintImageXObject',
  'paintInlineImageXObject',
  'paintImageMaskXObject',
  'paintInlineImageXObjectGroup',
];

/** True for a page that is mostly a picture, as a scanner makes them. */
export async function isPicture(page: PdfPage): Promise<boolean> {
  const [operators, drawn] = await Promise.all([drawingOperators(), page.getOperatorList()]);
  const images = new Set(IMAGES.map((name) => operators[name]));
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const stack: Matrix[] = [];
  let matrix = transform;
  let covered = 0;
  for (const [i, operator] of drawn.fnArray.entries()) {
    const values = drawn.argsArray[i] ?? [];
    if (operator === operators.save) stack.push(matrix);
    else if (operator === operators.restore || operator === operators.paintFormXObjectEnd) {
      matrix = stack.pop() ?? transform;
    } else if (operator === operators.transform) matrix = multiply(matrix, asMatrix(values));
    else if (operator === operators.paintFormXObjectBegin) {
      stack.push(matrix);
      matrix = multiply(matrix, asMatrix(values[0]));
    } else if (images.has(operator)) {
      const [a, b, c, d] = matrix;
      // A picture is drawn in a unit square.
      covered += Math.abs(a * d - b * c);
    }
  }
  return covered >= COVERED * width * height;
}

function asMatrix(value: unknown): Matrix {
  const numbers = Array.from((value ?? []) as ArrayLike<number>);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}
