/**
 * Whole ingest (read, split, embed, commit, insert) of scifact's 5,183 documents by Akin's engine, built into dist/, with
 * the settings that everybody gets, against the usual way on the same passages (usual-way.ts: embed and insert alone, the
 * same int8 model) and against the graph alone on the same tokens. In ROUNDS parts: of each, Akin takes all documents,
 * the others a part of its passages, one after the other. Akin's time goes from the import to the last vector inserted.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { loadConfig } from '../../src/config.js';
import { prepareModel } from '../../src/embedding/local-model.js';
import { BareGraph } from './bare-graph.js';
import type { Benchmark } from './benchmark.js';
import { figureOf, secondsOf } from './figure.js';
import { linesOf, passagesOf, tokensOf } from './passages.js';
import { UsualWay } from './usual-way.js';

const ROUNDS = 3;
/** Passages of a part that the usual way takes, from the middle of it; a warm-up takes a batch. */
const USUAL_PASSAGES = 384;
const WARM_UP = 32;

export const INGEST: Benchmark = {
  name: 'ingest',
  measures: 'passages a second of a whole ingest, against the usual way and against the graph alone',
  data: 'retrieval/scifact',
  async run({ data, scratch }) {
    const dist = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
    const { Engine } = (await import(dist('engine.js'))) as typeof import('../../src/engine.js');
    const { followJob } = (await import(
      dist('ingest/follow-job.js')
    )) as typeof import('../../src/ingest/follow-job.js');
    const { config } = loadConfig({ flags: { index: join(scratch, 'index') } });
    const model = await prepareModel({ ...config, modelsFolder: config.models });
    const usual = await UsualWay.load(model, ROUNDS * USUAL_PASSAGES + WARM_UP, 1);
    const usualByDefault = await UsualWay.load(model, ROUNDS * USUAL_PASSAGES + WARM_UP, null);
    const graph = new BareGraph(model, availableParallelism());
    const engine = await Engine.open({ config });
    const warmUp = Array.from({ length: WARM_UP }, () => 'Warm before the first measurement.');
    for (const way of [usual, usualByDefault]) await way.ingest(warmUp);

    const lines = linesOf(join(data, 'retrieval', 'scifact', 'corpus.jsonl'));
    const rates: Record<'akin' | 'usual' | 'usualByDefault' | 'share', number[]> = {
      akin: [],
      usual: [],
      usualByDefault: [],
      share: [],
    };
    for (let round = 0; round < ROUNDS; round++) {
      const part = lines.slice(
        Math.floor((round * lines.length) / ROUNDS),
        Math.floor(((round + 1) * lines.length) / ROUNDS),
      );
      const passages = await passagesOf(part, model);
      const middle = Math.floor((passages.length - USUAL_PASSAGES) / 2);
      const sample = passages.slice(middle, middle + USUAL_PASSAGES);
      const texts = sample.map(({ text }) => text);
      rates.usual.push(texts.length / (await secondsOf(() => usual.ingest(texts))));
      const seconds = await secondsOf(async () => {
        const job = await engine.jobs.addImport(Readable.from([Buffer.from(part.join('\n'))]));
        await followJob(engine.jobs, job, {});
      });
      rates.akin.push(passages.length / seconds);
      rates.usualByDefault.push(texts.length / (await secondsOf(() => usualByDefault.ingest(texts))));
      const bare = await graph.tokensPerSecond(
        passages.filter((_, index) => index % 8 === 0).map(({ ids }) => ids),
      );
      rates.share.push(tokensOf(passages) / seconds / bare);
    }
    await engine.close();
    await graph.close();
    const against = (peer: number[]): number[] =>
      rates.akin.map((rate, round) => rate / (peer[round] ?? Number.NaN));
    return [
      figureOf({ name: 'whole ingest', unit: 'passages/s' }, rates.akin),
      figureOf({ name: 'the usual way, one thread', unit: 'passages/s' }, rates.usual),
      figureOf(
        { name: 'whole ingest against the usual way', unit: '×', target: { atLeast: 4 } },
        against(rates.usual),
      ),
      figureOf(
        { name: "whole ingest against the usual way with onnxruntime's own number of threads", unit: '×' },
        against(rates.usualByDefault),
      ),
      figureOf({ name: 'tokens/s of the whole ingest against the graph alone', unit: '×' }, rates.share),
    ];
  },
};
