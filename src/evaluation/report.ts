import { MODES } from '../search/request.js';
import type { Difference } from './bootstrap.js';
import type { Evaluation } from './evaluate.js';
import { METRICS, type Metrics } from './metrics.js';

const LABELS: Record<keyof Metrics, string> = { ndcg10: 'nDCG@10', recall100: 'recall@100', mrr10: 'MRR@10' };

/** The figures as lines of a table for a terminal. */
export function evaluationTable(evaluations: Evaluation[]): string {
  const header = [
    '',
    'mode',
    ...METRICS.map((metric) => LABELS[metric]),
    'hybrid is better by',
    'ANN recall@10',
  ];
  const rows = evaluations.flatMap((evaluation) => rowsOf(evaluation));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** The same as a Markdown table. */
export function evaluationMarkdown(evaluations: Evaluation[]): string {
  const header = [
    'collection',
    'mode',
    ...METRICS.map((metric) => LABELS[metric]),
    'hybrid is better by',
    'ANN recall@10',
  ];
  const rows = evaluations.flatMap((evaluation) => rowsOf(evaluation));
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowsOf({ dataset, queries, modes, differences, annRecall10 }: Evaluation): string[][] {
  return MODES.map((mode) => [
    mode === 'hybrid' ? `${dataset} (${queries})` : '',
    mode,
    ...METRICS.map((metric) => modes[mode][metric].toFixed(4)),
    mode === 'hybrid' ? '' : interval(differences[mode]),
    mode === 'hybrid' ? annRecall10.toFixed(4) : '',
  ]);
}

function interval({ mean, low, high }: Difference): string {
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  return `${signed(mean)} (${signed(low)} to ${signed(high)})`;
}

const PLOT = { width: 640, height: 260, left: 44, bottom: 40, top: 16, bar: 30 };
const COLOURS = { hybrid: '#1f6f54', semantic: '#7aa893', keyword: '#c9b27c' };

/** Bars of nDCG@10 by collection and mode, as an SVG picture. */
export function evaluationPlot(evaluations: Evaluation[]): string {
  const { width, height, left, bottom, top, bar } = PLOT;
  const y = (value: number): number => height - bottom - value * (height - bottom - top);
  const step = (width - left) / Math.max(1, evaluations.length);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<line x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/><text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const bars = evaluations.flatMap(({ dataset, modes }, i) => {
    const start = left + i * step + (step - bar * MODES.length) / 2;
    const own = MODES.map((mode, m) => {
      const value = modes[mode].ndcg10;
      return `<rect x="${start + m * bar}" y="${y(value)}" width="${bar - 3}" height="${height - bottom - y(value)}" fill="${COLOURS[mode]}"><title>${dataset}, ${mode}: ${value.toFixed(4)}</title></rect>`;
    });
    return [
      ...own,
      `<text x="${left + (i + 0.5) * step}" y="${height - bottom + 16}" text-anchor="middle">${dataset}</text>`,
    ];
  });
  const legend = MODES.map(
    (mode, i) =>
      `<rect x="${left + i * 110}" y="${height - 14}" width="10" height="10" fill="${COLOURS[mode]}"/><text x="${left + 15 + i * 110}" y="${height - 5}">${mode}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="nDCG@10 by collection and mode">${[...grid, ...bars, ...legend].join('')}</svg>\n`;
}
