import { expect, it, onTestFinished } from 'vitest';
import { readDataset } from '../../src/evaluation/dataset.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { evaluationTable } from '../../src/evaluation/report.js';
import { folderForTest } from '../e2e/process.js';
import { openIndex } from '../support/app.js';
import { makeDataset } from './made-dataset.js';

it('scores each mode on the judged queries of a collection, and compares them', async () => {
  const { engine, close } = await openIndex();
  onTestFinished(close);
  const evaluation = await evaluate(engine, await readDataset(makeDataset(folderForTest())), () => undefined);
  const perfect = { ndcg10: 1, recall100: 1, mrr10: 1 };
  expect(evaluation).toMatchObject({
    dataset: 'harbour',
    documents: 4,
    queries: 2,
    modes: { hybrid: perfect, semantic: perfect, keyword: perfect },
    differences: { semantic: { mean: 0, low: 0, high: 0 } },
    annRecall10: 1,
  });
  expect(evaluationTable([evaluation])).toMatch(/harbour \(2\) +hybrid +1\.0000 +1\.0000 +1\.0000/);
});
