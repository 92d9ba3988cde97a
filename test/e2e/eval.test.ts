import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Evaluation } from '../../src/evaluation/evaluate.js';
import { akin, folderForTest } from './process.js';

const TEXTS: Record<string, string> = {
  ferry: 'The ferry turned back in the storm because a wave had broken its ramp.',
  bakery: 'The bakery by the harbour sells its last bread at noon on Saturdays.',
  museum: 'The museum shows the bell that was raised from the wreck of the Corvina.',
  tram: 'A new tram line shall run through the old town from June, the council said.',
};
const jsonLines = (rows: object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

function makeDataset(folder: string): string {
  const dataset = join(folder, 'harbour');
  mkdirSync(join(dataset, 'qrels'), { recursive: true });
  const corpus = Object.entries(TEXTS).map(([id, text]) => ({ _id: id, title: '', text }));
  writeFileSync(join(dataset, 'corpus.jsonl'), jsonLines(corpus));
  writeFileSync(
    join(dataset, 'queries.jsonl'),
    jsonLines([
      { _id: 'q1', text: 'Why did the ferry turn back?' },
      { _id: 'q2', text: 'bell from the wreck' },
      { _id: 'unjudged', text: 'anything else' },
    ]),
  );
  writeFileSync(
    join(dataset, 'qrels', 'test.tsv'),
    'query-id\tcorpus-id\tscore\nq1\tferry\t1\nq2\tmuseum\t1\nq2\tferry\t0\n',
  );
  return dataset;
}

it('akin eval scores each mode on a collection, and prints a table or JSON', async () => {
  const dataset = makeDataset(folderForTest());
  const { status, stdout } = await akin(['--json', 'eval', dataset, makeDataset(folderForTest())]);
  expect(status).toBe(0);
  const { evaluations } = JSON.parse(stdout) as { evaluations: Evaluation[] };
  const perfect = { ndcg10: 1, recall100: 1, mrr10: 1 };
  expect(evaluations).toMatchObject([
    {
      dataset: 'harbour',
      documents: 4,
      queries: 2,
      modes: { hybrid: perfect, semantic: perfect, keyword: perfect },
      differences: { semantic: { mean: 0, low: 0, high: 0 } },
      annRecall10: 1,
    },
    { dataset: 'harbour' },
  ]);
  const table = await akin(['eval', dataset]);
  expect(table.stdout).toMatch(/harbour \(2\) +hybrid +1\.0000 +1\.0000 +1\.0000/);
});

it('akin eval says what a folder lacks', async () => {
  const { status, stderr } = await akin(['eval', folderForTest()]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/corpus\.jsonl.*\[PATH_NOT_FOUND\]/);
});
