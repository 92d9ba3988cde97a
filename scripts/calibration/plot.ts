import type { ReliabilityBin } from '../../src/evaluation/calibration.js';
import type { Mode } from '../../src/index.js';

const SIZE = 320;
const LEFT = 48;
const TOP = 16;
const COLOURS: Record<Mode, string> = { hybrid: '#1f6f54', semantic: '#7aa893', keyword: '#c9b27c' };

/** A reliability diagram as an SVG picture: the part of hits that are right over their score. */
export function reliabilityPlot(curves: { mode: Mode; bins: ReliabilityBin[] }[]): string {
  const x = (value: number): string => (LEFT + value * SIZE).toFixed(1);
  const y = (value: number): string => (TOP + (1 - value) * SIZE).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<text x="${x(value)}" y="${TOP + SIZE + 18}" text-anchor="middle">${value}</text>` +
      `<text x="${LEFT - 8}" y="${y(value)}" dy="4" text-anchor="end">${value}</text>`,
  );
  const lines = curves.map(({ mode, bins }, place) => {
    const points = bins.map(({ score, right }) => `${x(score)},${y(right)}`);
    const dots = points.map((point) => {
      const [cx, cy] = point.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${COLOURS[mode]}"/>`;
    });
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[mode]}" stroke-width="2"/>${dots.join('')}` +
      `<text x="${LEFT + 14}" y="${TOP + 18 + place * 18}" fill="${COLOURS[mode]}">${mode}</text>`
    );
  });
  const [width, height] = [LEFT + SIZE + 16, TOP + SIZE + 48];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<title>Part of right hits by score</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<rect x="${LEFT}" y="${TOP}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#999"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#999" stroke-dasharray="4 4"/>
${[...ticks, ...lines].join('\n')}
<text x="${LEFT + SIZE / 2}" y="${TOP + SIZE + 38}" text-anchor="middle">score</text>
<text transform="translate(14 ${TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">right</text>
</svg>
`;
}
