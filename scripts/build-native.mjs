// Compiles hnswlib-node for this machine's processor and says what that gained. The result may not run on another
// processor; `npm rebuild hnswlib-node` makes the ordinary one again.
//
//     npm run build:native
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const [DIMENSIONS, VECTORS, QUERIES] = [384, 5_000, 1_000];

if (process.argv.includes('--measure')) {
  console.log(JSON.stringify(measure()));
} else {
  const before = measureApart();
  const flags = [process.env.CXXFLAGS, '-march=native'].filter(Boolean).join(' ');
  execFileSync('npm', ['rebuild', 'hnswlib-node'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CXXFLAGS: flags },
  });
  const after = measureApart();
  const gain = (what) => `${what} takes ${(after[what] / before[what]).toFixed(2)} of the time it took`;
  console.log(`${gain('adding')}, ${gain('searching')} (${VECTORS} vectors, ${DIMENSIONS} dimensions).`);
}

/** In a process of its own: one that has loaded the library keeps the old one. */
function measureApart() {
  return JSON.parse(execFileSync(process.execPath, [script, '--measure'], { encoding: 'utf8' }));
}

/** Milliseconds for adding all vectors and for all searches. */
function measure() {
  const { HierarchicalNSW } = createRequire(import.meta.url)('hnswlib-node');
  const graph = new HierarchicalNSW('ip', DIMENSIONS);
  graph.initIndex({ maxElements: VECTORS, m: 16, efConstruction: 200, randomSeed: 100 });
  graph.setEf(100);
  const vectors = Array.from({ length: VECTORS }, (_, place) => vectorOf(place));
  const started = performance.now();
  for (const [label, vector] of vectors.entries()) graph.addPoint(vector, label);
  const added = performance.now();
  for (const vector of vectors.slice(0, QUERIES)) graph.searchKnn(vector, 10);
  return { adding: added - started, searching: performance.now() - added };
}

/** The same each time; of length 1. */
function vectorOf(number) {
  let state = Math.imul(number + 1, 0x9e3779b1) | 1;
  const vector = Array.from({ length: DIMENSIONS }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
