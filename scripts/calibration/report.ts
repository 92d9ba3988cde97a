import { readFileSync } from 'node:fs';
import type { ReliabilityBin } from '../../src/evaluation/calibration.js';
import type { Mode } from '../../src/index.js';
import type { Calibration } from '../../src/search/score.js';

/** What the default threshold does to questions on the news collection, in parts of them. */
export interface ThresholdPromise {
  /** Of those without an answer, those that find nothing. */
  silent: number;
  /** Of those with one, those with a right document among the first ten above the threshold, and at all. */
  kept: number;
  found: number;
}

/** What `npm run calibrate` measured. */
export interface CalibrationReport {
  minScore: number;
  curves: Record<Mode, Calibration>;
  modes: Record<Mode, { bins: ReliabilityBin[]; error: number; news: ThresholdPromise }>;
}

export function readCalibration(path: string): CalibrationReport {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The section of docs/quality.md on scores. */
export function calibrationMarkdown({ minScore, modes }: CalibrationReport): string {
  const rows = Object.entries(modes).map(([mode, { error, news }]) =>
    [mode, error.toFixed(3), percent(news.silent), percent(news.kept), percent(news.found)].join(' | '),
  );
  return `## What a score is worth

A score is the chance that the hit answers. The curves behind it are fitted by

    npm run calibrate -- DATA

on every other query of these collections and on questions of our own (\`scripts/calibration/\`); what follows is of the
other queries, and of 200 questions on 2,089 news articles that these answer and 200 that they do not. None of them was
used to fit a curve or to set the threshold; the weights of the ranking were set with the figures of all queries of the
four collections in sight. The expected calibration error is the mean distance between score and part of right
hits. The judgements of the collections leave out documents that were never judged, so some hits that count as wrong
are right.

| mode | calibration error | no answer: finds nothing | answer: stays | answer: among ten with \`minScore: 0\` |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

The default threshold is ${minScore}: it is set so that nearly no answer is lost, also to a question that shares no word
with it. Half of the questions without an answer are close in kind to the articles; many of them find something, with a
low score.

![Part of right hits by score](reliability.svg)
`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
