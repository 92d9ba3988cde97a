import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TEXTS: Record<string, string> = {
  ferry: 'The ferry turned back in the storm because a wave had broken its ramp.',
  bakery: 'The bakery by the harbour sells its last bread at noon on Saturdays.',
  museum: 'The museum shows the bell that was raised from the wreck of the Corvina.',
  tram: 'A new tram line shall run through the old town from June, the council said.',
};
const jsonLines = (rows: object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

/** A collection of four documents in a folder; gives its folder. */
export function makeDataset(folder: string): string {
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
