import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portionsOf } from '../../src/web/add/portions.js';
import { durationOf, sizeOf } from '../../src/web/amounts.js';
import { panned, toMap, toScreen, WHOLE, zoomed } from '../../src/web/map/camera.js';
import { fitLabels } from '../../src/web/map/labels.js';
import { readMapPlace, withMapPlace } from '../../src/web/map/map-place.js';
import { PointGrid } from '../../src/web/map/point-grid.js';
import { quantileBetween, searchDurations } from '../../src/web/status/latency.js';
import { numberIn, parseMetrics } from '../../src/web/status/prometheus.js';

const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const viewport = { width: 800, height: 500 };

describe('the camera of the map', () => {
  const camera = fc.record({
    x: coordinate,
    y: coordinate,
    zoom: fc.double({ min: 1, max: 100, noNaN: true }),
  });
  const pixel = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 500 }) });

  it('finds the place on the map of each place on the screen, and back', () => {
    fc.assert(
      fc.property(camera, pixel, (own, place) => {
        const back = toScreen(toMap(place, own, viewport), own, viewport);
        expect(back.x).toBeCloseTo(place.x, 6);
        expect(back.y).toBeCloseTo(place.y, 6);
      }),
    );
  });

  it('leaves the place under the pointer where it is when it zooms, as long as that is possible', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 20, noNaN: true }), pixel, (factor, place) => {
        const before = toMap(place, WHOLE, viewport);
        const after = zoomed(WHOLE, factor, place, viewport);
        fc.pre(Math.abs(after.x) < 1 && Math.abs(after.y) < 1);
        expect(toMap(place, after, viewport).x).toBeCloseTo(before.x, 6);
        expect(toMap(place, after, viewport).y).toBeCloseTo(before.y, 6);
      }),
    );
  });

  it('moves with the hand and never off the map', () => {
    const moved = panned({ x: 0, y: 0, zoom: 4 }, 30, -20, viewport);
    const at = toScreen({ x: 0, y: 0 }, moved, viewport);
    expect(at.x).toBeCloseTo(430);
    expect(at.y).toBeCloseTo(230);
    expect(panned(WHOLE, 1e6, -1e6, viewport)).toEqual({ x: -1, y: -1, zoom: 1 });
  });

  it('comes back from the address as it went there', () => {
    const place = { camera: { x: 0.25, y: -0.5, zoom: 3.5 }, colouring: 'source' } as const;
    const address = withMapPlace('?view=map&q=tide', place);
    expect(address).toContain('view=map&q=tide');
    expect(readMapPlace(address)).toEqual(place);
    expect(withMapPlace(address, { camera: WHOLE, colouring: 'cluster' })).toBe('?view=map&q=tide');
    for (const wrong of ['?at=1,2', '?at=a,b,c', '?at=,,&colour=x', '?at=NaN,0,1'])
      expect(readMapPlace(wrong)).toEqual({ camera: WHOLE, colouring: 'cluster' });
    expect(readMapPlace('?at=9,-9,0').camera).toEqual({ x: 1, y: -1, zoom: 1 });
  });
});

describe('PointGrid', () => {
  it('finds what looking at every point finds', () => {
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 60 });
    fc.assert(
      fc.property(
        points,
        coordinate,
        coordinate,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (all, x, y, by) => {
          const grid = new PointGrid(
            all.map((one) => one.x),
            all.map((one) => one.y),
          );
          const low = { x: x - by, y: y - by };
          const high = { x: x + by, y: y + by };
          const inside = all.flatMap((one, place) =>
            one.x >= low.x && one.x <= high.x && one.y >= low.y && one.y <= high.y ? [place] : [],
          );
          expect(grid.within(low, high).sort((a, b) => a - b)).toEqual(inside);
          const squares = all.map((one) => (one.x - x) ** 2 + (one.y - y) ** 2);
          const nearest = grid.nearest({ x, y }, by);
          const least = Math.min(...squares, Number.POSITIVE_INFINITY);
          // At the very edge the last bit decides.
          const isAtEdge = Math.abs(least - by * by) < 1e-12;
          if (nearest === null ? isAtEdge : least <= by * by)
            expect(squares[nearest ?? -1] ?? least).toBe(least);
          else expect([nearest, least > by * by]).toEqual([null, true]);
        },
      ),
    );
  });
});

describe('fitLabels', () => {
  it('puts none over another, none off the screen, and the first of them always', () => {
    const label = fc.record({
      text: fc.string(),
      x: fc.integer({ min: -50, max: 850 }),
      y: fc.integer({ min: -50, max: 550 }),
      width: fc.integer({ min: 10, max: 200 }),
      height: fc.constant(20),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
        const fitted = fitLabels(labels, viewport);
        const seen = labels.filter(({ x, y }) => x >= 0 && x <= 800 && y >= 0 && y <= 500);
        expect(fitted[0]?.text).toBe(seen[0]?.text);
        for (const [place, one] of fitted.entries()) {
          expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
          expect(one.x + one.width / 2).toBeLessThanOrEqual(800);
          for (const other of fitted.slice(place + 1)) {
            const isBeside = Math.abs(one.x - other.x) >= (one.width + other.width) / 2;
            expect(isBeside || Math.abs(one.y - other.y) >= 20).toBe(true);
          }
        }
      }),
    );
  });
});

describe('portionsOf', () => {
  it('keeps every file, in order, in portions that are small unless one file is not', () => {
    const file = fc.record({ file: fc.record({ size: fc.integer({ min: 0, max: 40_000_000 }) }) });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 250 }), (files) => {
        const portions = portionsOf(files);
        expect(portions.flat()).toEqual(files);
        for (const portion of portions) {
          expect(portion.length).toBeGreaterThan(0);
          expect(portion.length).toBeLessThanOrEqual(100);
          const bytes = portion.reduce((sum, one) => sum + one.file.size, 0);
          expect(portion.length === 1 || bytes <= 16_000_000).toBe(true);
        }
      }),
    );
  });
});

describe('the numbers of the status view', () => {
  const bucket = (le: string, count: number, route = '/v1/search', status = '200') =>
    `akin_http_request_duration_seconds_bucket{le="${le}",method="GET",route="${route}",status="${status}"} ${count}`;
  const text = (few: number, more: number, all: number) =>
    [
      '# HELP x y',
      bucket('0.01', few),
      bucket('0.02', more),
      bucket('+Inf', all),
      bucket('0.01', 90, 'page'),
      '',
    ].join('\n');

  it('reads metrics with their labels, also those with quotes in them', () => {
    const metrics = parseMetrics('a{x="1",y="say \\"hi\\"\\n"} 2.5\na{x="2"} +Inf\nb 7\nnonsense\n');
    expect(metrics.get('a')).toEqual([
      { labels: { x: '1', y: 'say "hi"\n' }, value: 2.5 },
      { labels: { x: '2' }, value: Number.POSITIVE_INFINITY },
    ]);
    expect([numberIn(metrics, 'b'), numberIn(metrics, 'c')]).toEqual([7, null]);
  });

  it('tells the times of searches alone, between two looks', () => {
    const [before, now] = [text(10, 10, 10), text(20, 30, 30)].map((one) =>
      searchDurations(parseMetrics(one)),
    );
    if (!before || !now) throw new Error('two looks were made');
    expect(quantileBetween(before, now, 0.5)).toBeCloseTo(0.01);
    expect(quantileBetween(before, now, 0.75)).toBeCloseTo(0.015);
    expect(quantileBetween(now, now, 0.5)).toBeNull();
    expect(quantileBetween(before, searchDurations(parseMetrics(text(10, 10, 12))), 0.5)).toBeCloseTo(0.02);
  });

  it('words sizes and durations', () => {
    expect([0, 999, 1_000, 1_250_000, 3e12].map(sizeOf)).toEqual([
      '0 bytes',
      '999 bytes',
      '1 KB',
      '1.3 MB',
      '3 TB',
    ]);
    expect([0, 1, 119, 120, 7_300, 200_000].map(durationOf)).toEqual([
      '0 seconds',
      '1 second',
      '119 seconds',
      '2 minutes',
      '2 hours',
      '2 days',
    ]);
  });
});
