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
    ['Mittwoch, den 16. Juli 2025', '2025-07-16'],
    ['1er août 2025', '2025-08-01'],
    ['miércoles, 16 de julio de 2025', '2025-07-16'],
    ['16 de julho de 2025', '2025-07-16'],
    ['16 luglio 2025', '2025-07-16'],
    ['16 juli 2025', '2025-07-16'],
    ['16 lipca 2025', '2025-07-16'],
    ['16 Temmuz 2025', '2025-07-16'],
    ['16 Ogos 2025', '2025-08-16'],
    ['2025年7月16日', '2025-07-16'],
    ['2025년 7월 16일', '2025-07-16'],
    ['Sept. 3, 2025', '2025-09-03'],
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
    ['16. Juli 2025 um 14.30 Uhr', '2025-07-16T14:30:00Z'],
    ['16 juillet 2025 à 14h30', '2025-07-16T14:30:00Z'],
    ['16. Juli 2025, 9 Uhr', '2025-07-16T09:00:00Z'],
    ['16 Jul 2025 | 9am', '2025-07-16T09:00:00Z'],
    ['July 16, 2025 9:05 PM ET', '2025-07-16T21:05:00-04:00'],
    ['January 16, 2025 9:05 PM ET', '2025-01-16T21:05:00-05:00'],
    ['16 Jul 2025 09:30 MYT', '2025-07-16T09:30:00+08:00'],
    ['16 Jul 2025 09:30 CEST', '2025-07-16T09:30:00+02:00'],
    ['16 Jul 2025 09:30 GMT+8', '2025-07-16T09:30:00+08:00'],
    ['2025-07-16T093000Z', '2025-07-16T09:30:00Z'],
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
    '16 Jul 2025 09:30 IST',
    'Since 16 July 2025',
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
