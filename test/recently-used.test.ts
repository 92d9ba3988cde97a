import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentlyUsed } from '../src/recently-used.js';

describe('RecentlyUsed', () => {
  it('never gives anything but what was set last, and keeps within its bound', () => {
    const step = fc.record({
      key: fc.nat(9),
      size: fc.integer({ min: 1, max: 6 }),
      way: fc.constantFrom('set', 'get', 'delete'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const kept = new RecentlyUsed<number, { value: number; size: number }>(12, ({ size: own }) => own);
        const last = new Map<number, { value: number; size: number }>();
        for (const [value, { key, size, way }] of steps.entries()) {
          if (way === 'set') {
            kept.set(key, { value, size });
            last.set(key, { value, size });
          } else if (way === 'delete') {
            kept.delete(key);
            last.delete(key);
          } else expect([undefined, last.get(key)?.value]).toContain(kept.get(key)?.value);
        }
        const held = [...last].filter(([key, { value }]) => kept.get(key)?.value === value);
        expect(held.reduce((sum, [, { size }]) => sum + size, 0)).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('keeps what is asked for again and again, however much comes', () => {
    const kept = new RecentlyUsed<string, string>(10);
    kept.set('often', 'here');
    for (let i = 0; i < 100; i++) {
      kept.set(`once ${i}`, 'gone');
      expect(kept.get('often')).toBe('here');
    }
    expect(kept.get('once 0')).toBeUndefined();
    expect(kept.get('once 99')).toBe('gone');
  });

  it('does not keep what is larger than half of the bound', () => {
    const kept = new RecentlyUsed<string, string>(10, ({ length }) => length);
    kept.set('small', '12345');
    kept.set('large', '123456');
    expect(kept.get('large')).toBeUndefined();
    expect(kept.get('small')).toBe('12345');
  });
});
