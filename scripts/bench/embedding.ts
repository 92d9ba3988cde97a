/**
 * Embedding of scifact's passages: the tokens/s of Akin's embedder (tokenize, plan batches, run, pool, hand over) against
 * `session.run` alone on the same tokens, sorted by length, on as many threads; int8 against float32 on `session.run`
 * alone; and how near a text's vector alone is to that in a batch. All take the same passages in turn, in ROUNDS.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { planBatches } from '../../src/embedding/batches.js';
import type { Embedder } from '../../src/embedding/embedder.js';
import { type LocalModel, prepareModel } from '../../src/embedding/local-model.js';
import { SentenceEncoder } from '../../src/embedding/sentence-encoder.js';
import { dot } from '../../src/embedding/vector-math.js';
import { BareGraph } from './bare-graph.js';
import type { Benchmark } from './benchmark.js';
import { figureOf, secondsOf } from './figure.js';
import { linesOf, passagesOf, type TokenizedText, tokensOf } from './passages.js';

const ROUNDS = 7;
/** Every so many documents are taken. */
const STEP = 12;
/** Passages that are embedded together, as in src/ingest/window.ts, and how many such windows are under way. */
const WINDOW = 512;
const WINDOWS = 2;
/** Float32 is slow: its ratio is taken over every so many passages. */
const FLOAT_STEP = 4;
const COMPARED = 300;

export const EMBEDDING: Benchmark = {
  name: 'embedding',
  measures: 'tokens a second of the embedder and of int8, against the graph alone and float32',
  data: 'retrieval/scifact',
  async run({ data }) {
    const { config } = loadConfig();
    const modelOf = (dtype: 'int8' | 'float32'): Promise<LocalModel> =>
      prepareModel({ ...config, modelsFolder: config.models, dtype });
    const [small, exact] = [await modelOf('int8'), await modelOf('float32')];
    const threads = availableParallelism();
    const script = new URL('../../dist/embedding/local-embedder.js', import.meta.url).href;
    const { LocalEmbedder } = (await import(
      script
    )) as typeof import('../../src/embedding/local-embedder.js');
    const embedder = await LocalEmbedder.start(small, { threads });
    const graph = new BareGraph(small, threads);
    const floatGraph = new BareGraph(exact, threads);

    const lines = linesOf(join(data, 'retrieval', 'scifact', 'corpus.jsonl'));
    const texts = await passagesOf(
      lines.filter((_, index) => index % STEP === 0),
      small,
    );
    const ids = texts.map((text) => text.ids);
    const fewer = ids.filter((_, index) => index % FLOAT_STEP === 0);
    const ofEmbedder = async (): Promise<number> =>
      tokensOf(texts) / (await secondsOf(() => embedAll(embedder, texts)));
    await ofEmbedder();
    await Promise.all([graph.tokensPerSecond(fewer), floatGraph.tokensPerSecond(fewer.slice(0, WINDOW / 8))]);

    const rates: { embedder: number; graph: number; small: number; exact: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rates.push({
        embedder: await ofEmbedder(),
        graph: await graph.tokensPerSecond(ids),
        exact: await floatGraph.tokensPerSecond(fewer),
        small: await graph.tokensPerSecond(fewer),
      });
    }
    await Promise.all([embedder.close(), graph.close(), floatGraph.close()]);
    const cosines = await cosinesAloneAndBatched(small, texts.slice(0, COMPARED));
    return [
      figureOf(
        { name: 'embedder', unit: 'tokens/s' },
        rates.map((rate) => rate.embedder),
      ),
      figureOf(
        { name: 'graph alone', unit: 'tokens/s' },
        rates.map((rate) => rate.graph),
      ),
      figureOf(
        { name: 'embedder against the graph alone', unit: '×', target: { atLeast: 0.85 } },
        rates.map((rate) => rate.embedder / rate.graph),
      ),
      figureOf(
        { name: 'int8 against float32', unit: '×', target: { atLeast: 2 } },
        rates.map((rate) => rate.small / rate.exact),
      ),
      figureOf(
        {
          name: `least cosine of ${COMPARED} texts alone and batched`,
          unit: '',
          target: { atLeast: 0.9999 },
        },
        [Math.min(...cosines)],
      ),
    ];
  },
};

/** Embeds in windows, of which the next is begun before the last has ended. */
async function embedAll(embedder: Embedder, texts: TokenizedText[]): Promise<void> {
  const underWay: Promise<unknown>[] = [];
  for (let first = 0; first < texts.length; first += WINDOW) {
    if (underWay.length === WINDOWS) await underWay.shift();
    underWay.push(embedder.embedPassages(texts.slice(first, first + WINDOW)));
  }
  await Promise.all(underWay);
}

async function cosinesAloneAndBatched(model: LocalModel, texts: TokenizedText[]): Promise<number[]> {
  const encoder = await SentenceEncoder.load(model);
  const cosines: number[] = [];
  const sizes = texts.map(({ ids }) => ids.length);
  // Wide batches, so that texts are padded too.
  for (const batch of planBatches(sizes, 16 * Math.max(...sizes))) {
    const inputs = batch.map((index) => texts[index]?.text ?? '');
    const together = await encoder.encode(inputs);
    const width = together.length / inputs.length;
    for (const [row, input] of inputs.entries())
      cosines.push(dot(await encoder.encode([input]), together.subarray(row * width, (row + 1) * width)));
  }
  return cosines;
}
