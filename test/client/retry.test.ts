import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, pause, waitAfterRefusal } from '../../src/client/retry.js';

const NOW = Date.parse('2025-06-01T12:00:00Z');

describe('waitAfterRefusal', () => {
  it('waits after refusals alone', () => {
    for (const status of [400, 401, 403, 404, 409, 413, 500, 502, 504, 507])
      expect(waitAfterRefusal({ status, retryAfter: '1' }, 0, 0.5)).toBeNull();
    for (const status of [429, 503]) expect(waitAfterRefusal({ status, retryAfter: null }, 0, 0.5)).toBe(125);
  });

  it.each([
    ['2', 2_000],
    ['Sun, 01 Jun 2025 12:00:03 GMT', 3_000],
    ['Sun, 01 Jun 2025 11:00:00 GMT', 0],
    ['soon', 0],
    ['61', null],
    ['Sun, 01 Jun 2025 13:00:00 GMT', null],
  ])('takes Retry-After: %s for %s ms', (retryAfter, expected) => {
    expect(waitAfterRefusal({ status: 503, retryAfter, now: NOW }, 0, 0)).toBe(expected);
  });

  it('waits as long as is asked for, and longer where there were many attempts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.nat(50),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, attempt, random) => {
          const wait = waitAfterRefusal({ status: 429, retryAfter: String(seconds) }, attempt, random) ?? -1;
          expect(wait).toBe(Math.max(seconds * 1_000, backoff(attempt, random)));
          expect(wait).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});

describe('backoff', () => {
  it('doubles, to ten seconds at most', () => {
    expect([0, 1, 2, 3, 20, 2_000].map((attempt) => backoff(attempt, 1))).toEqual([
      250, 500, 1_000, 2_000, 10_000, 10_000,
    ]);
  });
});

describe('pause', () => {
  it('ends with its signal, also one that came before', async () => {
    const controller = new AbortController();
    const waiting = pause(3_600_000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pause(3_600_000, controller.signal)).rejects.toThrow('enough');
  });
});
