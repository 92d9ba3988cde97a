/**
 * Measures how smoothly the page's map moves: frames a second while it is dragged, zoomed and pointed at.
 *
 *     npx tsx scripts/map/map-frames.ts ADDRESS [POINTS]
 *
 * ADDRESS is that of a running server, whose page is opened in Chromium without a graphics card at 1280 × 800; the map in
 * it is a made-up one of POINTS documents, 50,000 by default, in 24 clusters. Each movement is of 200 frames.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/map/random.js';
import { startBrowser } from '../../test/support/browser.js';

const CLUSTERS = 24;
const FRAMES = 200;

const { positionals } = parseArgs({ allowPositionals: true });
const [address, wanted = '50000'] = positionals;
if (!address) throw new Error('Name the address of a running server.');

/** What moves the map by one frame, in the page; `canvas`, its place `box`, and the number of the frame `i` are there. */
const MOVEMENTS = {
  dragged: `canvas.setPointerCapture = () => undefined;
    const at = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: box.x + x, clientY: box.y + y }));
    if (i === 0) at('pointerdown', 450, 300);
    at('pointermove', 300 + 150 * Math.cos(i / 10), 300 + 100 * Math.sin(i / 10));
    if (i === ${FRAMES - 1}) at('pointerup', 450, 300);`,
  zoomed: `canvas.dispatchEvent(new WheelEvent('wheel', { clientX: box.x + 400, clientY: box.y + 200, deltaY: i % 100 < 50 ? -40 : 40, cancelable: true }));`,
  'pointed at': `canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: box.x + 5 * i, clientY: box.y + 250 }));`,
};

const browser = await startBrowser();
const page = await browser.newPage({ baseURL: address, viewport: { width: 1280, height: 800 } });
const body = JSON.stringify(madeMap(Number(wanted)));
await page.route('**/v1/map', (route) => route.fulfill({ contentType: 'application/json', body }));
await page.goto('/?view=map');
await page.locator('#view[data-state="map"]').waitFor();
for (const [name, movement] of Object.entries(MOVEMENTS)) {
  const times = await page.evaluate<number[]>(`(async () => {
    const canvas = document.querySelector('.map-canvas');
    const box = canvas.getBoundingClientRect();
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    let last = await frame();
    for (let i = 0; i < ${FRAMES}; i++) {
      ${movement}
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  })()`);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const slow = times.toSorted((a, b) => a - b)[Math.floor(0.95 * times.length)] ?? Number.NaN;
  console.log(
    `${name}: ${(1_000 / mean).toFixed(0)} frames a second, 95 of 100 within ${slow.toFixed(0)} ms`,
  );
}
await browser.close();

function madeMap(count: number): object {
  const random = seededRandom(1);
  const number = () => 2 * random() - 1;
  const clusters = Array.from({ length: CLUSTERS }, (_, place) => ({
    words: ['harbour', 'ferry', `word ${place}`],
    x: 0.8 * number(),
    y: 0.8 * number(),
    documents: Math.round(count / CLUSTERS),
  }));
  const places = Array.from({ length: count }, (_, place) => place);
  const near = (middle: number) => Math.max(-1, Math.min(1, middle + 0.4 * number() * number()));
  return {
    status: 'ready',
    isBehind: false,
    missing: 0,
    clusters,
    sources: ['The Star', 'The Courier'],
    languages: ['en'],
    documents: {
      id: places.map((place) => `document-${place}`),
      title: places.map((place) => `The title of document ${place}`),
      source: places.map((place) => place % 2),
      language: places.map(() => 0),
      publishedAt: places.map(() => '2025-07-16'),
      cluster: places.map((place) => place % CLUSTERS),
      x: places.map((place) => near(clusters[place % CLUSTERS]?.x ?? 0)),
      y: places.map((place) => near(clusters[place % CLUSTERS]?.y ?? 0)),
    },
  };
}
