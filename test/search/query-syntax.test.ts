import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/search/query-syntax.js';

describe('parseQuery', () => {
  it.each([
    ['tidal power', { text: 'tidal power', phrases: [], excluded: [] }],
    ['"tidal gate" power', { text: 'tidal gate power', phrases: ['tidal gate'], excluded: [] }],
    ['who said “never again”?', { text: 'who said never again ?', phrases: ['never again'], excluded: [] }],
    ['ferry -electric', { text: 'ferry', phrases: [], excluded: ['electric'] }],
    ['ferry -"harbour gang" storm', { text: 'ferry storm', phrases: [], excluded: ['harbour gang'] }],
    ['well-known anti-war film', { text: 'well-known anti-war film', phrases: [], excluded: [] }],
    ['cost - 5 crowns', { text: 'cost - 5 crowns', phrases: [], excluded: [] }],
    ['an 8" pipe', { text: 'an 8" pipe', phrases: [], excluded: [] }],
    ['"" "?!"', { text: '', phrases: [], excluded: [] }],
    ['ferry"?!"storm', { text: 'ferry storm', phrases: [], excluded: [] }],
    ['" tidal gate "', { text: 'tidal gate', phrases: ['tidal gate'], excluded: [] }],
    ['-electric ferry', { text: 'ferry', phrases: [], excluded: ['electric'] }],
    ['-"harbour gang" storm', { text: 'storm', phrases: [], excluded: ['harbour gang'] }],
    ['ferry -"harbour gang"storm', { text: 'ferry storm', phrases: [], excluded: ['harbour gang'] }],
    ['ferry -electric, storm', { text: 'ferry , storm', phrases: [], excluded: ['electric'] }],
    ["ferry -o'clock -two-way", { text: 'ferry', phrases: [], excluded: ["o'clock", 'two-way'] }],
  ])('reads %s', (query, parsed) => {
    expect(parseQuery(query)).toMatchObject(parsed);
  });

  it.each([
    ['tidal pow', 'pow'],
    ['Zürich', 'zurich'],
    ['ferry 20', '20'],
    ['東京大', '大'],
    ['tidal pow ', null],
    ['tidal pow?', null],
    ['"tidal pow"', null],
    ['ferry -elec', null],
    ['-', null],
  ])('tells which word may go on: %s', (query, unfinished) => {
    expect(parseQuery(query).unfinished).toBe(unfinished);
  });

  it('leaves a query without signs as it is, but for white space', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöü0-9 ,.?]{0,60}$/), (query) => {
        expect(parseQuery(query)).toMatchObject({
          text: query.replace(/\s+/g, ' ').trim(),
          phrases: [],
          excluded: [],
        });
      }),
    );
  });

  it('reads any text in bounded time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '-', ' ', 'a', '“', '”', "'"), maxLength: 8_000 }),
        (query) => {
          const { text } = parseQuery(query);
          expect(text.length).toBeLessThanOrEqual(query.length + 2);
        },
      ),
      { numRuns: 20 },
    );
  });
});
