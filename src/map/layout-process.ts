import { serveTasks } from '../workers/serve-tasks.js';
import { type Layout, layOut } from './layout.js';
import type { LayoutReply, LayoutTask } from './layout-worker.js';

/** How long it works before it says how far it is. */
const STRETCH_MS = 300;

const vectors: Float32Array[] = [];
let work: Generator<number, Layout> | null = null;

serveTasks<LayoutTask>(async (task): Promise<LayoutReply> => {
  if (task.type === 'add') {
    vectors.push(...task.vectors);
    return { done: 0 };
  }
  work ??= layOut(vectors);
  const end = performance.now() + STRETCH_MS;
  for (;;) {
    const { done, value } = work.next();
    if (done) return { done: 1, layout: value };
    if (performance.now() > end) return { done: value };
  }
});
