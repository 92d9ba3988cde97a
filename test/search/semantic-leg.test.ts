import { describe, expect, it } from 'vitest';
import { GraphLeg } from '../../src/search/semantic-leg.js';
import type { Storage } from '../../src/storage/storage.js';
import type { VectorIndex } from '../../src/vector-index/vector-index.js';

/**
 * An index of passages 1 to 6, one of each document 10 to 60, whose graph reaches only some of them.
 * @param size how many it says it has, by which a search decides whether to ask the graph
 */
function legOver(reached: number[], size = 6): GraphLeg {
  const score = (id: number): number => 1 - id / 10;
  const index = {
    size,
    search: (_vector: Float32Array, k: number) => reached.slice(0, k).map((id) => ({ id, score: score(id) })),
  } as unknown as VectorIndex;
  const storage = {
    vectors: {
      documentsOf: (passages: number[]) => passages.map((id) => id * 10),
      countOfDocuments: (documents: number[]) => documents.length,
      cosines: () => new Map([1, 2, 3, 4, 5, 6].map((id) => [id * 10, score(id)])),
    },
  } as unknown as Storage;
  return new GraphLeg(storage, index);
}

describe('documents about a vector', () => {
  const vector = Float32Array.of(1);
  const of = (reached: number[], wanted: number) =>
    legOver(reached)
      .about(vector, wanted, null)
      .map(({ document }) => document);

  it('are the nearest that the graph finds, as many as are wanted', () => {
    expect(of([1, 2, 3, 4, 5, 6], 2)).toEqual([10, 20]);
    expect(of([1, 2, 3, 4, 5, 6], 9)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('are compared one by one where the graph has not reached as many passages as there are', () => {
    expect(of([4, 5], 2)).toEqual([10, 20]);
    expect(of([4, 5], 9)).toEqual([10, 20, 30, 40, 50, 60]);
  });
});

describe('the documents nearest to a vector', () => {
  const vector = Float32Array.of(1);

  it('are those that the graph finds', () => {
    expect([...legOver([4, 5, 6], 1_000).nearest(vector, 1, null).keys()]).toEqual([40, 50, 60]);
  });

  it('are compared one by one where it finds fewer passages than were asked for, though enough documents', () => {
    expect([...legOver([4, 5], 1_000).nearest(vector, 1, null).keys()]).toEqual([10, 20, 30, 40, 50, 60]);
  });
});
