import type { Figure } from './benchmark.js';

const WIDTH = 720;
const LABEL = 330;
const ROW = 24;
const GAP = 14;

/** Bars of figures with their spread, those of one unit on one scale, as an SVG picture; promises as dashed lines. */
export function figuresPlot(figures: Figure[]): string {
  const units = [...new Set(figures.map(({ unit }) => unit))];
  const parts: string[] = [];
  let top = GAP;
  for (const unit of units) {
    const own = figures.filter((figure) => figure.unit === unit);
    const most = Math.max(
      ...own.flatMap(({ value, high, target }) => [value, high, bound(target) ?? 0]),
      1e-9,
    );
    const x = (value: number): number => LABEL + (value / most) * (WIDTH - LABEL - 90);
    for (const figure of own) {
      parts.push(bar(figure, x, top));
      top += ROW;
    }
    top += GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" font-family="sans-serif" font-size="12">
<title>Figures with their spread, and what is promised of them</title>
<rect width="${WIDTH}" height="${top}" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}

function bar(
  { name, value, unit, low, high, target }: Figure,
  x: (value: number) => number,
  top: number,
): string {
  const middle = top + ROW / 2;
  const [start, end] = [x(0), x(value)];
  const promised = bound(target);
  const dashes =
    promised === undefined
      ? ''
      : `<line x1="${x(promised)}" x2="${x(promised)}" y1="${top + 2}" y2="${top + ROW - 2}" stroke="#a33" stroke-dasharray="3 2"/>`;
  return (
    `<text x="${LABEL - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>` +
    `<rect x="${start}" y="${top + 5}" width="${Math.max(1, end - start).toFixed(1)}" height="${ROW - 10}" fill="#7aa893"/>` +
    `<line x1="${x(low).toFixed(1)}" x2="${x(high).toFixed(1)}" y1="${middle}" y2="${middle}" stroke="#1f6f54" stroke-width="2"/>` +
    `<text x="${x(Math.max(value, high)) + 6}" y="${middle + 4}">${Number(value.toPrecision(3))} ${escaped(unit)}</text>${dashes}`
  );
}

function bound(target: Figure['target']): number | undefined {
  if (!target) return undefined;
  return 'atLeast' in target ? target.atLeast : target.atMost;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
