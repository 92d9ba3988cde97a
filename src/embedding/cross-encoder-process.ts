import { serveTasks, taskData } from '../workers/serve-tasks.js';
import { CrossEncoder } from './cross-encoder.js';
import type { LocalGraph } from './local-model.js';
import type { ScoringTask } from './reranker.js';

const loading = CrossEncoder.load(taskData<LocalGraph>());
// A failure to load is the answer to each task, not an unhandled rejection before the first.
loading.catch(() => undefined);

serveTasks<ScoringTask>(async ({ query, passages, until }) => {
  const encoder = await loading;
  // Nobody waits any more for what was queued too long.
  return Date.now() < until ? encoder.score(query, passages) : [];
});
