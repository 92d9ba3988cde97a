import { dot } from '../embedding/vector-math.js';
import type { VectorStore } from '../storage/vector-store.js';
import type { VectorIndex } from '../vector-index/vector-index.js';

const K = 10;
const READ_AT_ONCE = 4_096;

/** How much of what an exact search finds the vector index finds too: recall@10, as a mean over the vectors. */
export function annRecall(vectors: Float32Array[], index: VectorIndex, store: VectorStore): number {
  const exact = vectors.map((): { id: number; score: number }[] => []);
  let last = 0;
  for (let rows = store.after(last, READ_AT_ONCE); rows.length > 0; rows = store.after(last, READ_AT_ONCE)) {
    for (const [i, vector] of vectors.entries()) {
      const scored = rows.map((row) => ({ id: row.id, score: dot(vector, row.vector) }));
      exact[i] = [...(exact[i] ?? []), ...scored]
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .slice(0, K);
    }
    last = rows.at(-1)?.id ?? last;
  }
  const recalls = vectors.map((vector, i) => {
    const nearest = exact[i] ?? [];
    const found = new Set(index.search(vector, K).map(({ id }) => id));
    return nearest.length === 0 ? 1 : nearest.filter(({ id }) => found.has(id)).length / nearest.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length);
}
