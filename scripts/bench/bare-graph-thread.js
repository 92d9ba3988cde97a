import { parentPort, workerData } from 'node:worker_threads';
import onnxruntime from 'onnxruntime-node';

const loading = onnxruntime.InferenceSession.create(workerData, {
  enableMemPattern: false,
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});

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

parentPort.on('message', async (message) => {
  if (message === 'end') process.exit();
  const session = await loading;
  const batches = message.task.map(feedsOf);
  const started = performance.now();
  for (const feeds of batches) await session.run(feeds);
  parentPort.postMessage({ id: message.id, result: (performance.now() - started) / 1000 });
});
