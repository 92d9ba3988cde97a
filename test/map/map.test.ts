import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustworthiness } from '../../scripts/map/trustworthiness.js';
import { unitVector } from '../../src/embedding/vector-math.js';
import { ClusterNames } from '../../src/map/cluster-names.js';
import { MapDescription } from '../../src/map/describe-map.js';
import { kMeans, type Position } from '../../src/map/k-means.js';
import { type Layout, layOut } from '../../src/map/layout.js';
import { nearestPoints } from '../../src/map/nearest-points.js';
import { seededRandom } from '../../src/map/random.js';
import { reduce } from '../../src/map/reduce.js';
import { atOnce } from '../../src/turns.js';

/** Vectors about a few subjects, of which the place modulo `subjects` is one. */
function aboutSubjects(count: number, subjects: number, noise: number): Float32Array[] {
  const random = seededRandom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Array.from({ length: subjects }, () => Float32Array.from({ length: 32 }, normal));
  return Array.from({ length: count }, (_, place) =>
    unitVector(
      (middles[place % subjects] ?? new Float32Array(32)).map((number) => number + noise * normal()),
    ),
  );
}

function laidOut(vectors: Float32Array[], options = {}): Layout {
  const work = layOut(vectors, options);
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

function away(one: Position | undefined, other: Position | undefined): number {
  return Math.hypot((one?.x ?? 0) - (other?.x ?? 0), (one?.y ?? 0) - (other?.y ?? 0));
}

describe('layOut', () => {
  const vectors = aboutSubjects(240, 4, 0.6);
  const layout = laidOut(vectors);

  it('puts documents of one subject together', () => {
    for (const [place, point] of layout.points.entries()) {
      const others = layout.points.flatMap((_, other) => (other === place ? [] : [other]));
      const near = others
        .sort((a, b) => away(point, layout.points[a]) - away(point, layout.points[b]))
        .slice(0, 5);
      expect(near.filter((other) => other % 4 === place % 4).length).toBeGreaterThanOrEqual(4);
    }
  });

  it('is more to be trusted than the first two axes', () => {
    const truth = {
      distance: (one: number, other: number) =>
        Math.hypot(...(vectors[one] ?? []).map((number, i) => number - (vectors[other]?.[i] ?? 0))),
    };
    const { coordinates } = reduce(vectors, 2);
    const axes = vectors.map((_, i) => ({ x: coordinates[i * 2] ?? 0, y: coordinates[i * 2 + 1] ?? 0 }));
    const [ours, theirs] = [layout.points, axes].map((points) => {
      const map = { distance: (one: number, other: number) => away(points[one], points[other]) };
      return trustworthiness(truth, map, { count: 240, asked: [...vectors.keys()], k: 10 });
    });
    expect(ours).toBeGreaterThan(0.85);
    expect(ours).toBeGreaterThan(theirs ?? 1);
  });

  it('puts those that are no landmarks beside the nearest', () => {
    const { points } = laidOut(vectors, { landmarks: 80 });
    const middles = [0, 1, 2, 3].map((subject) => {
      const own = points.filter((_, place) => place % 4 === subject);
      return { x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) };
    });
    const right = points.filter((point, place) => {
      const order = [0, 1, 2, 3].sort((a, b) => away(point, middles[a]) - away(point, middles[b]));
      return order[0] === place % 4;
    });
    expect(right.length).toBeGreaterThan(0.95 * points.length);
  });

  it('is the same for the same vectors', () => {
    const some = vectors.slice(0, 40);
    expect(laidOut(some)).toEqual(laidOut(some));
  });

  it('finds a place within the square for each of any vectors, also for the same ones', () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 24 }), fc.nat(3), (made, copies) => {
        const all = made.flatMap((numbers) =>
          Array.from({ length: copies + 1 }, () => unitVector(Float32Array.from(numbers))),
        );
        const { points, clusters } = laidOut(all);
        expect(points).toHaveLength(all.length);
        expect(clusters).toHaveLength(all.length);
        for (const { x, y } of points)
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1.000001);
      }),
      { numRuns: 4 },
    );
  });
});

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

describe('reduce', () => {
  it('keeps distances where vectors differ in few directions, the widest first', () => {
    const random = seededRandom(5);
    const flat = Array.from({ length: 60 }, () => {
      const [wide, narrow] = [4 * random(), random()];
      return Float32Array.from({ length: 12 }, (_, i) => 1 + wide * Math.sin(i) + narrow * Math.cos(i));
    });
    const { width, coordinates } = reduce(flat, 2);
    expect(width).toBe(2);
    const at = (place: number) => [...coordinates.subarray(2 * place, 2 * place + 2)];
    for (let place = 1; place < flat.length; place++) {
      const before = Math.hypot(...(flat[place] ?? []).map((n, i) => n - (flat[0]?.[i] ?? 0)));
      expect(Math.hypot(...at(place).map((n, i) => n - (at(0)[i] ?? 0)))).toBeCloseTo(before, 3);
    }
    const spread = (axis: number) => {
      const numbers = flat.map((_, place) => coordinates[place * 2 + axis] ?? 0);
      return Math.max(...numbers) - Math.min(...numbers);
    };
    expect(spread(0)).toBeGreaterThan(spread(1));
  });
});

describe('nearestPoints', () => {
  it('finds what sorting all by distance finds', () => {
    const number = fc.integer({ min: -9, max: 9 });
    const point = fc.array(number, { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 30 }),
        point,
        fc.integer({ min: 1, max: 8 }),
        (all, asked, count) => {
          const { places, distances } = nearestPoints(
            Float32Array.from(asked),
            { width: 10, coordinates: Float32Array.from(all.flat()) },
            count,
          );
          const expected = all
            // Squares of whole numbers are exact: equal distances stay equal.
            .map((one) => one.reduce((sum, n, i) => sum + (n - (asked[i] ?? 0)) ** 2, 0))
            .map((square, place) => ({ square, place }))
            .sort((a, b) => a.square - b.square || a.place - b.place)
            .slice(0, count);
          expect(places).toEqual(expected.map(({ place }) => place));
          for (const [rank, { square }] of expected.entries())
            expect(distances[rank]).toBeCloseTo(Math.sqrt(square), 4);
        },
      ),
    );
  });
});

describe('kMeans', () => {
  it('finds groups that lie apart, the largest first', () => {
    const random = seededRandom(9);
    const around = (x: number, y: number, count: number) =>
      Array.from({ length: count }, () => ({ x: x + 0.1 * random(), y: y + 0.1 * random() }));
    const groups = kMeans([...around(0, 0, 10), ...around(1, 1, 30), ...around(-1, 1, 20)], 3);
    expect(groups).toEqual([...Array(10).fill(2), ...Array(30).fill(0), ...Array(20).fill(1)]);
  });

  it('leaves no number out and makes no more groups than it shall', () => {
    const coordinate = fc.integer({ min: -3, max: 3 });
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 40 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 6 }), (all, count) => {
        const groups = kMeans(all, count);
        const found = new Set(groups);
        expect(groups).toHaveLength(all.length);
        expect(found.size).toBeLessThanOrEqual(count);
        expect([...found].sort((a, b) => a - b)).toEqual([...found.keys()].map((_, place) => place));
        expect(kMeans(all, count)).toEqual(groups);
        for (const [place, one] of all.entries())
          for (const [other, two] of all.entries())
            if (one.x === two.x && one.y === two.y) expect(groups[place]).toBe(groups[other]);
      }),
    );
  });
});

describe('ClusterNames', () => {
  it('names the words that tell a cluster from the others, in their usual form', () => {
    const names = new ClusterNames();
    const add = (cluster: number, ...texts: string[]) => {
      for (const text of texts) names.add({ cluster, text, language: 'en' });
    };
    add(0, 'The ferry and the storm', 'A ferry in the storm', 'Ferries of the north', 'The ferry is late');
    names.add({ cluster: 2, text: 'Der Bus für alle', language: 'de' });
    add(1, 'The bank and the tax', 'A tax on the banks', 'The tax of 2025', 'Banks in the north');
    expect(names.of(0).slice(0, 2)).toEqual(['ferry', 'storm']);
    expect(names.of(1).slice(0, 2)).toEqual(['banks', 'tax']);
    for (const cluster of [0, 1]) expect(names.of(cluster)).not.toContain('the');
    expect(names.of(2)).toEqual(['Bus']);
    expect(names.of(7)).toEqual([]);
  });
});

describe('MapDescription', () => {
  const row = { title: 'Ferry', source: 'Desk', language: 'en', publishedAt: null, beginning: null };

  it('tells of the documents it was given alone, and numbers clusters without gaps', () => {
    const description = new MapDescription();
    description.add({ ...row, key: 1, id: 'a' }, { x: 0.5, y: -0.123456, cluster: 4 });
    description.add({ ...row, key: 2, id: 'b', source: 'Board' }, { x: 0, y: 0, cluster: 2 });
    description.add(
      { ...row, key: 3, id: 'c', source: 'Board', language: null },
      { x: 0.2, y: 0, cluster: 2 },
    );
    description.add({ ...row, key: 4, id: 'd' }, null);
    const map = atOnce(description.finish(false));
    expect(map).toMatchObject({ missing: 1, sources: ['Board', 'Desk'], languages: ['en'] });
    expect(map.documents).toEqual({
      id: ['a', 'b', 'c'],
      title: ['Ferry', 'Ferry', 'Ferry'],
      source: [1, 0, 0],
      language: [0, 0, -1],
      publishedAt: [null, null, null],
      cluster: [1, 0, 0],
      x: [0.5, 0, 0.2],
      y: [-0.1235, 0, 0],
    });
    expect(map.clusters).toMatchObject([{ x: 0.1, y: 0, documents: 2 }, { documents: 1 }]);
  });
});
