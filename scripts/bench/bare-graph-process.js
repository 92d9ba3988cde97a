// A process of bare-graph.ts. It is JavaScript since processes are started without a loader, and uses what is built.
import { join } from 'node:path';
import onnxruntime from 'onnxruntime-node';
import { openGraph } from '../../dist/embedding/encoder-graph.js';
import { serveTasks, taskData } from '../../dist/workers/serve-tasks.js';

const { folder, graphFile } = taskData();
const loading = openGraph(join(folder, graphFile));

/** A batch as the graph takes it. */
function feedsOf(rows) {
  const length = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length);
  const mask = new BigInt64Array(rows.length * length);
  for (const [index, row] of rows.entries()) {
    ids.set(row.map(BigInt), index * length);
    mask.fill(1n, index * length, index * length + row.length);
  }
  const tensor = (data) => new onnxruntime.Tensor('int64', data, [rows.length, length]);
  return { input_ids: tensor(ids), attention_mask: tensor(mask) };
}

serveTasks(async (batches) => {
  const session = await loading;
  const ready = batches.map(feedsOf);
  const started = performance.now();
  for (const feeds of ready) await session.run(feeds);
  return (performance.now() - started) / 1000;
});
