import { dot } from '../embedding/vector-math.js';
import type { StoredVectors } from '../storage/stored-index.js';
import type { SemanticLeg } from './legs.js';

const K = 10;
const READ_AT_ONCE = 4_096;

/** How much of what an exact search finds the vector index finds too: recall@10, as a mean over the vectors. */
export async function annRecall(
  vectors: Float32Array[],
  semantic: SemanticLeg,
  stored: StoredVectors,
): Promise<number> {
  const exact = vectors.map((): { id: number; score: number }[] => []);
  let last = 0;
  for (;;) {
    const rows = await stored.after(last, READ_AT_ONCE);
    if (rows.length === 0) break;
    for (const [i, vector] of vectors.entries()) {
      const scored = rows.map((row) => ({ id: row.id, score: dot(vector, row.vector) }));
      exact[i] = [...(exact[i] ?? []), ...scored]
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .slice(0, K);
    }
    last = rows.at(-1)?.id ?? last;
  }
  const recalls: number[] = [];
  for (const [i, vector] of vectors.entries()) {
    const nearest = exact[i] ?? [];
    const found = new Set(await semantic.passages(vector, K));
    recalls.push(
      nearest.length === 0 ? 1 : nearest.filter(({ id }) => found.has(id)).length / nearest.length,
    );
  }
  return recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length);
}
