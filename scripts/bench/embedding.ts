/**
 * What is measured: the tokens a second of Akin's embedder (tokenize, plan batches, run, pool, hand over) beside
 * `session.run` alone on the same tokens, sorted by length, in as many processes; int8 beside float32 by `session.run`
 * alone; and how near a text's vector alone is to that in a batch.
 * Data: the passages of every twelfth document of scifact.
 * By: npm run bench -- --data DATA embedding
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
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { builtModule } from './built-module.js';
import { figureOf, inTurns, ratios, timeOf } from './measure.js';
import { linesOf, passagesOf, type TokenizedText, tokensOf } from './passages.js';

const ROUNDS = 5;
const DOCUMENT_STEP = 12;
/** Passages that are embedded together, as in src/ingest/window.ts, and how many such windows are under way. */
const WINDOW = 512;
const WINDOWS = 2;
/** Float32 is slow: it is compared over every so many passages. */
const FLOAT_STEP = 4;
const COMPARED = 300;

export const EMBEDDING: Benchmark = {
  name: 'embedding',
  measures:
    'Tokens a second of the embedder beside the graph alone, of int8 beside float32, and vectors alone beside those in a batch.',
  data: 'The passages of every twelfth document of scifact.',
  run,
};

async function run({ data }: BenchContext): Promise<Figure[]> {
  const { LocalEmbedder } = await builtModule<typeof import('../../src/embedding/local-embedder.js')>(
    'embedding/local-embedder.js',
  );
  const { config } = loadConfig();
  const modelOf = (dtype: 'int8' | 'float32'): Promise<LocalModel> =>
    prepareModel({ ...config, modelsFolder: config.models, dtype });
  const [small, exact] = [await modelOf('int8'), await modelOf('float32')];
  const threads = availableParallelism();
  const embedder = await LocalEmbedder.start(small, { threads });
  const [graph, floatGraph] = [new BareGraph(small, threads), new BareGraph(exact, threads)];

  const lines = linesOf(join(data, 'retrieval', 'scifact', 'corpus.jsonl'));
  const texts = await passagesOf(
    lines.filter((_, index) => index % DOCUMENT_STEP === 0),
    small,
  );
  const ids = texts.map((text) => text.ids);
  const fewer = ids.filter((_, index) => index % FLOAT_STEP === 0);
  const rates = await inTurns(ROUNDS, {
    embedder: async () => tokensOf(texts) / ((await timeOf(() => embedAll(embedder, texts))) / 1000),
    graph: () => graph.tokensPerSecond(ids),
    exact: () => floatGraph.tokensPerSecond(fewer),
    small: () => graph.tokensPerSecond(fewer),
  });
  await Promise.all([embedder.close(), graph.close(), floatGraph.close()]);
  const least = Math.min(...(await cosinesAloneAndBatched(small, texts.slice(0, COMPARED))));
  return [
    figureOf('Akin: the embedder', rates.embedder, 'tokens/s'),
    figureOf('the graph alone, int8', rates.graph, 'tokens/s'),
    figureOf('the graph alone, float32', rates.exact, 'tokens/s'),
    figureOf('the embedder against the graph alone', ratios(rates.embedder, rates.graph), '×', {
      atLeast: 0.85,
    }),
    figureOf('int8 against float32', ratios(rates.small, rates.exact), '×', { atLeast: 2 }),
    figureOf(`the least cosine of ${COMPARED} texts alone and in a batch`, [least], '', { atLeast: 0.9999 }),
  ];
}

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
