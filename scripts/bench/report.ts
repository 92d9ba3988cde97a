import type { Benchmark, Figure } from './benchmark.js';
import { figuresPlot } from './plot.js';

/** What one run of a benchmark gave, and where. */
export interface BenchmarkRun extends Pick<Benchmark, 'measures' | 'data'> {
  /** ISO 8601 date. */
  date: string;
  machine: string;
  seed: number;
  figures: Figure[];
}

/** By the name of the benchmark. */
export type BenchmarkRuns = Record<string, BenchmarkRun>;

/** The figures as lines of a table for a terminal. */
export function figuresTable(figures: Figure[]): string {
  const rows = figures.map(cellsOf);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** All runs as a page, with a picture of each in the folder `pictures`. */
export function benchmarksPage(runs: BenchmarkRuns, pictures: string): string {
  const sections = Object.entries(runs).map(([name, { measures, data, date, machine, figures }]) => {
    const rows = figures.map((figure) => `| ${cellsOf(figure).join(' | ')} |`);
    return `## ${name}

${measures} Data: ${data}

    npm run bench -- --data DATA ${name}

| | median | quartiles | promised |
|---|---|---|---|
${rows.join('\n')}

![${name}](${pictures}/${name}.svg)

${date}, ${machine}.
`;
  });
  return `# Benchmarks

Each is one run in which all that is compared met the same machine in turns; the ratios are what counts, the times are
for orientation. Figures are medians over the rounds. \`npm run bench\` wrote this page from benchmarks.json.

${sections.join('\n')}`;
}

/** Pictures by name of the benchmark. */
export function benchmarkPictures(runs: BenchmarkRuns): Record<string, string> {
  return Object.fromEntries(Object.entries(runs).map(([name, { figures }]) => [name, figuresPlot(figures)]));
}

/** Whether a figure is what is promised of it; true where nothing is. */
export function isHeld({ value, target }: Figure): boolean {
  if (!target) return true;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

function cellsOf(figure: Figure): string[] {
  const { name, value, unit, low, high } = figure;
  return [name, `${short(value)} ${unit}`.trim(), `${short(low)} to ${short(high)}`, promise(figure)];
}

function promise(figure: Figure): string {
  const { target } = figure;
  if (!target) return '';
  const wanted = 'atLeast' in target ? `≥ ${short(target.atLeast)}` : `≤ ${short(target.atMost)}`;
  return isHeld(figure) ? wanted : `${wanted}: missed`;
}

/** Four digits that tell. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return Number(value.toFixed(Math.min(5, digits))).toLocaleString('en', { maximumFractionDigits: 5 });
}
