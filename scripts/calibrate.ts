/**
 * Fits the curves that make scores of evidence (src/search/score.ts), and measures what the scores are worth.
 *
 *     npm run calibrate -- DATA
 *
 * DATA is a folder with `retrieval/{time,cranfield,medline,scifact}`, `pages/gold.json` and `news/bbc-news.jsonl`. The
 * curves are fitted on every other query of the first four and on the questions in
 * calibration/{corpus,pages,time,bbc-news-fit}.json; all that is reported is of the other queries and of the questions in
 * calibration/bbc-news.json. It prints the curves, which go into the source by hand, and writes docs/calibration.json and
 * docs/reliability.svg.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  calibrationError,
  fitCalibration,
  type Observation,
  reliabilityOf,
} from '../src/evaluation/calibration.js';
import type { Engine, Hit, Mode } from '../src/index.js';
import { CALIBRATIONS, type Calibration, chanceUnder, DEFAULT_MIN_SCORE } from '../src/search/score.js';
import { type JudgedCollection, type JudgedQuestion, judgedCollections } from './calibration/collections.js';
import { reliabilityPlot } from './calibration/plot.js';
import type { CalibrationReport, ThresholdPromise } from './calibration/report.js';

const MODES: Mode[] = ['hybrid', 'semantic', 'keyword'];
const DEPTH = 10;

/** The hits of a question, best first. */
interface Asked {
  collection: string;
  answerable: boolean;
  hits: { evidence: number; right: boolean }[];
}

const [data] = process.argv.slice(2);
if (!data) throw new Error('Name the folder of the collections.');
const built = new URL('../dist/index.js', import.meta.url).href;
const { Engine: Akin, loadConfig }: typeof import('../src/index.js') = await import(built);

const fit: Record<Mode, Asked[]> = { hybrid: [], semantic: [], keyword: [] };
const report: Record<Mode, Asked[]> = { hybrid: [], semantic: [], keyword: [] };
for (const collection of await judgedCollections(data)) await askAll(collection);

const toThree = (value: number): number => Number(value.toFixed(3));
const curveOf = (mode: Mode): Calibration => {
  const { even, spread } = fitCalibration(observations(fit[mode]));
  return { even: toThree(even), spread: toThree(spread) };
};
const curves = { hybrid: curveOf('hybrid'), semantic: curveOf('semantic'), keyword: curveOf('keyword') };
console.log('fitted', curves, 'in src/search/score.ts', CALIBRATIONS);
console.log('threshold: questions without an answer that find nothing, answers that stay (fitted questions)');
const ownQuestions = fit.hybrid.filter(({ collection }) => !collection.startsWith('judged '));
for (let threshold = 0.04; threshold < 0.4; threshold += 0.02) {
  const { silent, kept } = promiseOf(ownQuestions, curves.hybrid, threshold);
  console.log(threshold.toFixed(2), silent.toFixed(3), kept.toFixed(3));
}

const modes: CalibrationReport['modes'] = {
  hybrid: reportOn('hybrid'),
  semantic: reportOn('semantic'),
  keyword: reportOn('keyword'),
};
console.log(JSON.stringify(modes, null, 2));
const docs = fileURLToPath(new URL('../docs/', import.meta.url));
writeFileSync(
  join(docs, 'calibration.json'),
  `${JSON.stringify({ minScore: DEFAULT_MIN_SCORE, curves, modes }, null, 2)}\n`,
);
writeFileSync(
  join(docs, 'reliability.svg'),
  reliabilityPlot(MODES.map((mode) => ({ mode, bins: modes[mode].bins }))),
);

function reportOn(mode: Mode): CalibrationReport['modes'][Mode] {
  const scored = observations(report[mode]).map(({ evidence, right }) => ({
    score: chanceUnder(curves[mode], evidence),
    right,
  }));
  const bins = reliabilityOf(scored);
  const news = report[mode].filter(({ collection }) => collection === 'bbc-news');
  return {
    bins,
    error: calibrationError(bins),
    news: promiseOf(news, curves[mode], DEFAULT_MIN_SCORE),
  };
}

async function askAll({ name, bringIn, fit: toFit, report: toReport }: JudgedCollection): Promise<void> {
  const index = mkdtempSync(join(tmpdir(), 'akin-calibrate-'));
  const { config } = loadConfig({ flags: { index } });
  const engine = await Akin.open({ config });
  try {
    console.error(`${name}: bringing in the documents`);
    await bringIn(engine);
    for (const mode of MODES) {
      for (const question of toFit) fit[mode].push(await ask(engine, question, mode, name));
      for (const question of toReport) report[mode].push(await ask(engine, question, mode, name));
    }
  } finally {
    await engine.close();
    rmSync(index, { recursive: true });
  }
}

async function ask(
  engine: Engine,
  { query, documents, leftOut, judged }: JudgedQuestion,
  mode: Mode,
  name: string,
): Promise<Asked> {
  const limit = DEPTH + leftOut.size;
  const options = { minScore: 0, passagesPerDocument: 0, explain: true };
  const { hits } = await engine.search({ query, mode, limit, ...options });
  const isRight = ({ document, duplicates }: Hit): boolean =>
    [document, ...duplicates].some(({ id }) => documents.has(id));
  return {
    collection: judged ? `judged ${name}` : name,
    answerable: documents.size > 0,
    hits: hits
      .filter(({ document }) => !leftOut.has(document.id))
      .slice(0, DEPTH)
      .map((hit) => ({ evidence: hit.explain?.fused ?? 0, right: isRight(hit) })),
  };
}

function observations(asked: Asked[]): Observation[] {
  return asked.flatMap(({ collection, hits }) => hits.map((hit) => ({ collection, ...hit })));
}

/** What a threshold does: how many questions without an answer find nothing, and of how many an answer stays. */
function promiseOf(asked: Asked[], curve: Calibration, threshold: number): ThresholdPromise {
  const shareOf = (some: Asked[], holds: (one: Asked) => boolean): number =>
    some.filter(holds).length / Math.max(1, some.length);
  const answerable = asked.filter((one) => one.answerable);
  const unanswerable = asked.filter((one) => !one.answerable);
  const stays = ({ evidence }: { evidence: number }): boolean => chanceUnder(curve, evidence) >= threshold;
  return {
    silent: shareOf(unanswerable, ({ hits }) => !hits.some(stays)),
    kept: shareOf(answerable, ({ hits }) => hits.some((hit) => hit.right && stays(hit))),
    found: shareOf(answerable, ({ hits }) => hits.some(({ right }) => right)),
  };
}
