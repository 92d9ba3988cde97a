/**
 * What is measured: a whole ingest (read, split, embed, commit, insert) by Akin's engine as it is built, with the settings
 * that everybody gets, beside the usual way on the same passages (usual-way.ts: it embeds and inserts, no more, with the
 * same int8 model) and beside the graph alone on the same tokens. In each round Akin takes a part of the documents, and
 * the others, before and behind it, some of that part's passages: the whole would take them too long.
 * Data: the 5,183 documents of scifact, all of them over the rounds.
 * By: npm run bench -- --data DATA ingest
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { loadConfig } from '../../src/config.js';
import { prepareModel } from '../../src/embedding/local-model.js';
import { BareGraph } from './bare-graph.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { builtModule } from './built-module.js';
import { figureOf, ratios, timeOf } from './measure.js';
import { linesOf, passagesOf, tokensOf } from './passages.js';
import { UsualWay } from './usual-way.js';

const ROUNDS = 3;
/** Passages of a part that the usual way takes, from its middle; of the first batch no time is taken. */
const USUAL_PASSAGES = 384;
const WARM_UP = 32;
/** The graph alone takes every so many passages. */
const GRAPH_STEP = 8;

export const INGEST: Benchmark = {
  name: 'ingest',
  measures:
    'A whole ingest, from the import to the last vector inserted, beside the usual way on the same passages and the graph alone on the same tokens.',
  data: 'The 5,183 documents of scifact in three parts.',
  run,
};

async function run({ data, scratch }: BenchContext): Promise<Figure[]> {
  const { Engine } = await builtModule<typeof import('../../src/engine.js')>('engine.js');
  const { followJob } =
    await builtModule<typeof import('../../src/ingest/follow-job.js')>('ingest/follow-job.js');
  const { config } = loadConfig({ flags: { index: join(scratch, 'index') } });
  const model = await prepareModel({ ...config, modelsFolder: config.models });
  const capacity = WARM_UP + ROUNDS * USUAL_PASSAGES;
  const usual = await UsualWay.load(model, capacity, 1);
  const asLoaded = await UsualWay.load(model, capacity, null);
  const graph = new BareGraph(model, availableParallelism());
  const engine = await Engine.open({ config });
  const warmUp = Array.from({ length: WARM_UP }, () => 'Warm before the first measurement.');
  for (const way of [usual, asLoaded]) await way.ingest(warmUp);

  const lines = linesOf(join(data, 'retrieval', 'scifact', 'corpus.jsonl'));
  const rates = { akin: [], usual: [], asLoaded: [], tokens: [], graph: [] } as Record<string, number[]>;
  const note = (name: string, count: number, ms: number): void => void rates[name]?.push(count / (ms / 1000));
  for (let round = 0; round < ROUNDS; round++) {
    const [from, to] = [round, round + 1].map((place) => Math.floor((place * lines.length) / ROUNDS));
    const part = lines.slice(from, to);
    const passages = await passagesOf(part, model);
    const middle = Math.floor((passages.length - USUAL_PASSAGES) / 2);
    const texts = passages.slice(middle, middle + USUAL_PASSAGES).map(({ text }) => text);
    note('usual', texts.length, await timeOf(() => usual.ingest(texts)));
    const ms = await timeOf(async () => {
      const job = await engine.jobs.addImport(Readable.from([Buffer.from(part.join('\n'))]));
      await followJob(engine.jobs, job, {});
    });
    note('akin', passages.length, ms);
    note('tokens', tokensOf(passages), ms);
    note('asLoaded', texts.length, await timeOf(() => asLoaded.ingest(texts)));
    const ids = passages.filter((_, index) => index % GRAPH_STEP === 0).map((passage) => passage.ids);
    rates.graph?.push(await graph.tokensPerSecond(ids));
  }
  await engine.close();
  await graph.close();
  const { akin = [], usual: one = [], asLoaded: some = [], tokens = [], graph: bare = [] } = rates;
  return [
    figureOf('Akin: a whole ingest', akin, 'passages/s'),
    figureOf('the usual way, on one thread', one, 'passages/s'),
    figureOf("the usual way, on onnxruntime's own number of threads", some, 'passages/s'),
    figureOf('a whole ingest against the usual way on one thread', ratios(akin, one), '×', { atLeast: 4 }),
    figureOf('a whole ingest against the usual way on more threads', ratios(akin, some), '×'),
    figureOf('tokens a second of a whole ingest against the graph alone', ratios(tokens, bare), '×'),
  ];
}
