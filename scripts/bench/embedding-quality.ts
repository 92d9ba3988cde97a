/**
 * What is measured: nDCG@10 of semantic search with the float32 model less that with the int8 model, each collection in a
 * fresh index for either. It embeds everything twice, which takes some ten minutes on two free cores. Nothing in it is
 * left to chance, so there are no rounds.
 * Data: the four judged collections.
 * By: npm run bench -- --data DATA embedding-quality
 */
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { readDataset } from '../../src/evaluation/dataset.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { builtModule } from './built-module.js';
import { figureOf } from './measure.js';

const COLLECTIONS = ['scifact', 'time', 'cranfield', 'medline'];

export const EMBEDDING_QUALITY: Benchmark = {
  name: 'embedding-quality',
  measures: 'What semantic search loses in nDCG@10 by the int8 model, beside float32.',
  data: 'scifact, time, cranfield and medline, with their judged queries.',
  run,
};

async function run({ data, scratch }: BenchContext): Promise<Figure[]> {
  const { Engine } = await builtModule<typeof import('../../src/engine.js')>('engine.js');
  const { evaluate } =
    await builtModule<typeof import('../../src/evaluation/evaluate.js')>('evaluation/evaluate.js');
  const ndcgOf = async (name: string, dtype: 'int8' | 'float32'): Promise<number> => {
    const { config } = loadConfig({ flags: { index: join(scratch, `${name}-${dtype}`), dtype } });
    const engine = await Engine.open({ config });
    const { modes } = await evaluate(engine, await readDataset(join(data, 'retrieval', name)));
    await engine.close();
    return modes.semantic.ndcg10;
  };
  const figures: Figure[] = [];
  const losses: number[] = [];
  for (const name of COLLECTIONS) {
    const [exact, small] = [await ndcgOf(name, 'float32'), await ndcgOf(name, 'int8')];
    losses.push(exact - small);
    figures.push(figureOf(`${name}, float32`, [exact], 'nDCG@10'));
    figures.push(figureOf(`${name}, int8`, [small], 'nDCG@10'));
  }
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return [...figures, figureOf('what int8 loses, on average', [mean], 'nDCG@10', { atMost: 0.002 })];
}
