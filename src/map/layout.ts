import { UMAP } from 'umap-js';
import { fitSquare } from './fit-square.js';
import { kMeans, type Position } from './k-means.js';
import { type NearPoints, nearestPoints, type Points } from './nearest-points.js';
import { seededRandom } from './random.js';
import { reduce } from './reduce.js';

const LANDMARKS = 4_000;
/** Dimensions in which nearness is told. */
const WIDTH = 50;
/** UMAP's own default. */
const NEIGHBOURS = 15;
/** With fewer documents there is nothing that could be near or far. */
const LEAST = 5;
/** Landmarks that say where another document stands. */
const ANCHORS = 3;
/** How much less a landmark says that is farther than the nearest: e to the power of this where it is twice as far. */
const STEEPNESS = 8;
const SEED = 42;
const MOST_CLUSTERS = 24;
/** Documents in a cluster of a small index, on average; of a larger one there are more in each. */
const CLUSTER_SIZE = 3;

export interface LayoutOptions {
  /** Documents that UMAP itself lays out; the others are put among those of them that they are nearest to. Default: 4,000 */
  landmarks?: number;
}

/** Where documents stand, in the order in which their vectors came. */
export interface Layout {
  /** Around 0, none farther from it than 1 in either direction. */
  points: Position[];
  /** The cluster of each, numbered from the largest on. */
  clusters: number[];
}

/**
 * Lays documents out so that those about similar things are near each other: UMAP (McInnes, Healy and Melville, arXiv
 * 1802.03426) of the principal axes of their vectors, from a start that those axes give. The same vectors in the same
 * order give the same layout.
 *
 * @returns steps, each giving how much is done, 0 to 1; then the layout. Most take milliseconds; one, in which UMAP makes
 *   its graph, takes seconds
 */
export function* layOut(
  vectors: Float32Array[],
  { landmarks: most = LANDMARKS }: LayoutOptions = {},
): Generator<number, Layout> {
  const points = reduce(vectors, WIDTH);
  yield 0.05;
  if (vectors.length < LEAST) return layoutOf(circle(vectors.length));
  const step = Math.ceil(vectors.length / most);
  const landmarks = vectors.flatMap((_, place) => (place % step === 0 ? [place] : []));
  const some = pick(points, landmarks);
  const placed = yield* projected(some);
  const all: Position[] = [];
  for (let place = 0; place < vectors.length; place++) {
    const isLandmark = place % step === 0;
    all.push(
      (isLandmark && placed[place / step]) || among(nearestPoints(at(points, place), some, ANCHORS), placed),
    );
    if (place % 100 === 0) yield 0.7 + (0.25 * place) / vectors.length;
  }
  return layoutOf(all);
}

function layoutOf(positions: Position[]): Layout {
  const points = fitSquare(positions);
  const clusters = Math.round(Math.sqrt(points.length / CLUSTER_SIZE));
  return { points, clusters: kMeans(points, Math.min(MOST_CLUSTERS, Math.max(1, clusters))) };
}

function circle(count: number): Position[] {
  return Array.from({ length: count }, (_, place) => {
    const angle = (2 * Math.PI * place) / count;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
}

/** The positions of landmarks by UMAP. */
function* projected(points: Points): Generator<number, Position[]> {
  const count = points.coordinates.length / points.width;
  const nNeighbors = Math.min(NEIGHBOURS, count - 1);
  const near: NearPoints[] = [];
  for (let place = 0; place < count; place++) {
    near.push(nearestPoints(at(points, place), points, nNeighbors));
    if (place % 100 === 0) yield 0.05 + (0.1 * place) / count;
  }
  const umap = new UMAP({ nNeighbors, random: seededRandom(SEED) });
  umap.setPrecomputedKNN(
    near.map(({ places }) => places),
    near.map(({ distances }) => distances),
  );
  const epochs = umap.initializeFit(near.map((_, place) => [...at(points, place)]));
  start(umap.getEmbedding(), points);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    yield 0.2 + (0.5 * epoch) / epochs;
  }
  return umap.getEmbedding().map(([x = 0, y = 0]) => ({ x, y }));
}

/** umap-js begins from random positions, in which far things may stay far apart; from the first two axes they don't. */
function start(positions: number[][], points: Points): void {
  const { width } = points;
  let most = 0;
  for (const position of positions.keys())
    for (const axis of [0, 1])
      most = Math.max(most, Math.abs(points.coordinates[position * width + axis] ?? 0));
  for (const [place, position] of positions.entries())
    for (const axis of [0, 1])
      position[axis] = (10 * (points.coordinates[place * width + axis] ?? 0)) / (most || 1);
}

/** The middle of landmarks, of the nearer ones the more. */
function among({ places, distances }: NearPoints, positions: Position[]): Position {
  const closest = distances[0] || 1;
  const sum = { x: 0, y: 0, weight: 0 };
  for (const [rank, place] of places.entries()) {
    const weight = Math.exp(STEEPNESS * (1 - (distances[rank] ?? 0) / closest));
    sum.x += weight * (positions[place]?.x ?? 0);
    sum.y += weight * (positions[place]?.y ?? 0);
    sum.weight += weight;
  }
  return { x: sum.x / sum.weight, y: sum.y / sum.weight };
}

function pick({ width, coordinates }: Points, places: number[]): Points {
  const picked = new Float32Array(width * places.length);
  for (const [to, from] of places.entries())
    picked.set(coordinates.subarray(from * width, (from + 1) * width), to * width);
  return { width, coordinates: picked };
}

function at({ width, coordinates }: Points, place: number): Float32Array {
  return coordinates.subarray(place * width, (place + 1) * width);
}
