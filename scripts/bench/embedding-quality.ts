/**
 * What 8 bits cost: nDCG@10 of semantic search with the int8 model less that with float32, on the four judged
 * collections, each in a fresh index. It embeds all of them twice, which takes some ten minutes on two free cores; so it
 * is run by its name alone. Nothing is left to chance: there are no rounds.
 */
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { readDataset } from '../../src/evaluation/dataset.js';
import type { Benchmark, Figure } from './benchmark.js';
import { figureOf } from './figure.js';

const COLLECTIONS = ['scifact', 'time', 'cranfield', 'medline'];

export const EMBEDDING_QUALITY: Benchmark = {
  name: 'embedding-quality',
  measures: 'nDCG@10 of semantic search that int8 loses against float32',
  data: 'retrieval/{scifact,time,cranfield,medline}',
  async run({ data, scratch }) {
    const dist = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
    const { Engine } = (await import(dist('engine.js'))) as typeof import('../../src/engine.js');
    const { evaluate } = (await import(
      dist('evaluation/evaluate.js')
    )) as typeof import('../../src/evaluation/evaluate.js');
    const ndcgOf = async (name: string, dtype: 'int8' | 'float32'): Promise<number> => {
      const { config } = loadConfig({ flags: { index: join(scratch, `${name}-${dtype}`), dtype } });
      const engine = await Engine.open({ config });
      const { modes } = await evaluate(engine, await readDataset(join(data, 'retrieval', name)));
      await engine.close();
      return modes.semantic.ndcg10;
    };
    const losses: number[] = [];
    const figures: Figure[] = [];
    for (const name of COLLECTIONS) {
      const [exact, small] = [await ndcgOf(name, 'float32'), await ndcgOf(name, 'int8')];
      losses.push(exact - small);
      figures.push(figureOf({ name: `${name}, float32`, unit: 'nDCG@10' }, [exact]));
      figures.push(figureOf({ name: `${name}, int8`, unit: 'nDCG@10' }, [small]));
    }
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const name = 'mean loss of int8 against float32';
    return [...figures, figureOf({ name, unit: 'nDCG@10', target: { atMost: 0.002 } }, [mean])];
  },
};
