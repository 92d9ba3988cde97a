const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 32;

/** A number over time; null where there was none. */
export type Series = (number | null)[];

/** A picture of a number over time, from 0 to its most: decoration beside the number in words. */
export function createSparkline(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'sparkline');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  svg.append(path);
  return svg;
}

/** Draws a series into a picture. @param length how many numbers its width stands for */
export function drawSparkline(svg: SVGSVGElement, series: Series, length: number): void {
  svg.querySelector('path')?.setAttribute('d', pathOf(series, length));
}

/** The line as an SVG path; it breaks off where there is no number. The last number is at the right edge. */
export function pathOf(series: Series, length: number): string {
  const shown = series.slice(-length);
  const most = Math.max(...shown.map((number) => number ?? 0)) || 1;
  let isDrawing = false;
  const steps = shown.map((number, place) => {
    const wasDrawing = isDrawing;
    isDrawing = number !== null;
    if (number === null) return '';
    const x = WIDTH * (1 - (shown.length - 1 - place) / Math.max(1, length - 1));
    const y = HEIGHT - 1 - (HEIGHT - 2) * (number / most);
    return `${wasDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return steps.join('');
}
