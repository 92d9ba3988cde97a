import { createReadStream } from 'node:fs';
import type { Engine } from '../engine.js';
import { followJob } from '../ingest/follow-job.js';
import { MODES, type Mode } from '../search/request.js';
import { type Difference, pairedDifference } from './bootstrap.js';
import type { Dataset, EvaluationQuery } from './dataset.js';
import { type Metrics, meanMetrics, scoreRanking } from './metrics.js';

/** So many hits are asked for; more where some are left out. */
const DEPTH = 100;

/** What a data set says of the search as it is. */
export interface Evaluation {
  dataset: string;
  documents: number;
  passages: number;
  queries: number;
  modes: Record<Mode, Metrics>;
  /** nDCG@10 of hybrid search less that of its parts, with an interval. */
  differences: Record<Exclude<Mode, 'hybrid'>, Difference>;
  /** The part of the 10 nearest passages, by exact search, that the vector index finds. */
  annRecall10: number;
}

/** Brings a data set's corpus into an empty index and asks all its queries in each mode. */
export async function evaluate(
  engine: Engine,
  dataset: Dataset,
  onProgress: (what: string) => void = () => undefined,
): Promise<Evaluation> {
  onProgress(`${dataset.name}: bringing in the corpus`);
  const job = await engine.jobs.addImport(createReadStream(dataset.corpusPath));
  await followJob(engine.jobs, job, {
    onProgress: ({ counts: { done, total } }) => onProgress(`${dataset.name}: ${done} of ${total} documents`),
  });
  const scores = {} as Record<Mode, Metrics[]>;
  for (const mode of MODES) {
    onProgress(`${dataset.name}: asking ${dataset.queries.length} queries, ${mode}`);
    scores[mode] = [];
    for (const query of dataset.queries) scores[mode].push(await scoreQuery(engine, query, mode));
  }
  const { documents, passages } = await engine.stats();
  const ndcgOf = (mode: Mode): number[] => scores[mode].map(({ ndcg10 }) => ndcg10);
  return {
    dataset: dataset.name,
    documents,
    passages,
    queries: dataset.queries.length,
    modes: {
      hybrid: meanMetrics(scores.hybrid),
      semantic: meanMetrics(scores.semantic),
      keyword: meanMetrics(scores.keyword),
    },
    differences: {
      semantic: pairedDifference(ndcgOf('hybrid'), ndcgOf('semantic')),
      keyword: pairedDifference(ndcgOf('hybrid'), ndcgOf('keyword')),
    },
    annRecall10: await engine.annRecall(dataset.queries.map(({ text }) => text)),
  };
}

async function scoreQuery(
  engine: Engine,
  { id, text, judgements, leftOut }: EvaluationQuery,
  mode: Mode,
): Promise<Metrics> {
  const limit = DEPTH + leftOut.size + 1;
  const { hits } = await engine.search({ query: text, mode, limit, minScore: 0, passagesPerDocument: 0 });
  // A query may be a document of its own corpus.
  const ranking = hits.map(({ document }) => document.id).filter((own) => own !== id && !leftOut.has(own));
  return scoreRanking(ranking, judgements);
}
