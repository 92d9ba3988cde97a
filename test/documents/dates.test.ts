import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/documents/dates.js';

describe('readDate', () => {
  it.each([
    ['2025-07-16', '2025-07-16'],
    ['2025/07/16', '2025-07-16'],
    ['2025.7.6', '2025-07-06'],
    ['20250716', '2025-07-16'],
    ['July 16, 2025', '2025-07-16'],
    ['Jul 16 2025', '2025-07-16'],
    ['16 July 2025', '2025-07-16'],
    ['16th of July, 2025', '2025-07-16'],
    ['16-Jul-2025', '2025-07-16'],
    ['Wednesday, 16 Jul 2025', '2025-07-16'],
    ['16/07/2025', '2025-07-16'],
    ['07/16/2025', '2025-07-16'],
    ['16.07.2025', '2025-07-16'],
  ])('keeps the day of %j', (text, day) => {
    expect(readDate(text)).toBe(day);
  });

  it.each([
    ['2025-07-16T09:30:00+08:00', '2025-07-16T09:30:00+08:00'],
    ['2025-07-16T09:30:00.123Z', '2025-07-16T09:30:00.123Z'],
    ['2025-07-16 09:30', '2025-07-16T09:30:00Z'],
    ['2025-07-16T09:30:00-0530', '2025-07-16T09:30:00-05:30'],
    ['Wed, 16 Jul 2025 09:30:00 +0800', '2025-07-16T09:30:00+08:00'],
    ['Wed, 16 Jul 2025 09:30:00 GMT', '2025-07-16T09:30:00Z'],
    ['Wed, 16 Jul 2025 09:30:00 EST', '2025-07-16T09:30:00-05:00'],
    ['16 Jul 2025, 09:30 PM', '2025-07-16T21:30:00Z'],
    ['July 16, 2025 at 12:05 a.m.', '2025-07-16T00:05:00Z'],
  ])('keeps the moment and the zone of %j', (text, moment) => {
    expect(readDate(text)).toBe(moment);
  });

  it('reads Unix times in seconds and in milliseconds', () => {
    expect(readDate(1752658200)).toBe('2025-07-16T09:30:00.000Z');
    expect(readDate(1752658200000)).toBe('2025-07-16T09:30:00.000Z');
    expect(readDate(2025)).toBeNull();
  });

  it.each([
    '',
    'yesterday',
    '2025',
    '07/08/2025',
    '2025-02-30',
    '2025-13-01',
    '16 Jul 2025 25:00',
    'Juli 2025',
    '2025-07-16 and more',
    '12/34/5678',
  ])('does not guess at %j', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it('reads back every moment that JavaScript writes', () => {
    const dates = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => readDate(date.toISOString()) === date.toISOString()));
  });

  it('answers any text with a date that JavaScript can read, or null', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[0-9]{1,4}[-/. ][0-9]{1,4}[-/. ][0-9]{1,4}([T ][0-9:]{3,8})?$/),
        ),
        (text) => {
          const read = readDate(text);
          expect(read === null || !Number.isNaN(Date.parse(read))).toBe(true);
        },
      ),
    );
  });
});
