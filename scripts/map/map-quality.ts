/**
 * Measures the map of an index: how long it takes, and how far neighbours on it are neighbours in truth.
 *
 *     npx tsx scripts/map/map-quality.ts INDEX [DOCUMENTS]
 *
 * INDEX is an index folder that no process holds. With DOCUMENTS more than it has, copies of its vectors with some noise
 * make up the number: for the time alone. Trustworthiness@10 (see trustworthiness.ts) is over 500 documents, taken evenly;
 * beside it stand the first two principal axes, and places by chance.
 */
import { parseArgs } from 'node:util';
import { dot, unitVector } from '../../src/embedding/vector-math.js';
import type { Position } from '../../src/map/k-means.js';
import { layOut } from '../../src/map/layout.js';
import { seededRandom } from '../../src/map/random.js';
import { reduce } from '../../src/map/reduce.js';
import { Storage } from '../../src/storage/storage.js';
import { type Space, trustworthiness } from './trustworthiness.js';

const ASKED = 500;
const K = 10;
/** About as far from each other as documents of one subject. */
const NOISE = 0.6;

const { positionals } = parseArgs({ allowPositionals: true });
const [folder, wanted] = positionals;
if (!folder) throw new Error('Name an index folder.');
const storage = Storage.open(folder);
const own = storage.map.vectors('', Number.MAX_SAFE_INTEGER).map(({ vector }) => vector);
storage.close();
const random = seededRandom(1);
const vectors = [...own];
while (vectors.length < Number(wanted ?? 0)) vectors.push(noisy(at(vectors.length % own.length)));

const started = performance.now();
let longest = 0;
const work = layOut(vectors);
for (let step = work.next(), last = started; ; step = work.next()) {
  longest = Math.max(longest, performance.now() - last);
  last = performance.now();
  if (!step.done) continue;
  const { points, clusters } = step.value;
  const seconds = (performance.now() - started) / 1_000;
  console.log(`${vectors.length} documents, ${new Set(clusters).size} clusters, ${seconds.toFixed(1)} s`);
  console.log(`the longest step took ${longest.toFixed(0)} ms`);
  report('the map', points);
  break;
}
const { width, coordinates } = reduce(vectors, 2);
report(
  'two principal axes',
  vectors.map((_, i) => ({ x: coordinates[i * width] ?? 0, y: coordinates[i * width + 1] ?? 0 })),
);
report(
  'by chance',
  vectors.map(() => ({ x: random(), y: random() })),
);

function report(name: string, points: Position[]): void {
  const step = Math.ceil(vectors.length / ASKED);
  const asked = vectors.flatMap((_, place) => (place % step === 0 ? [place] : []));
  const truth: Space = { distance: (one, other) => -dot(at(one), at(other)) };
  const map: Space = {
    distance: (one, other) =>
      Math.hypot(
        (points[one]?.x ?? 0) - (points[other]?.x ?? 0),
        (points[one]?.y ?? 0) - (points[other]?.y ?? 0),
      ),
  };
  const value = trustworthiness(truth, map, { count: vectors.length, asked, k: K });
  console.log(`${name}: trustworthiness@${K} ${value.toFixed(3)}`);
}

function at(place: number): Float32Array {
  return vectors[place] ?? new Float32Array();
}

function noisy(vector: Float32Array): Float32Array {
  const deviation = NOISE / Math.sqrt(vector.length / 3);
  return unitVector(vector.map((number) => number + deviation * (2 * random() - 1)));
}
