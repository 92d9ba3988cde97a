import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storableJson } from '../../src/postgres/storable-json.js';

describe('storableJson', () => {
  it('puts U+FFFD for what is no text, in values and keys, and leaves the rest', () => {
    const parts = fc.constantFrom('\0', '\ud800', '\udfff', '\\', '\\u0000', '\\\\', 'u0000', '"', 'a', '🙂');
    const text = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.dictionary(text, fc.array(text)), (value) => {
        const clean = (one: string): string => one.replace(/\p{Cs}|\0/gu, '\ufffd');
        const stored = JSON.parse(storableJson(value)) as Record<string, string[]>;
        const expected = Object.entries(value).map(([key, all]) => [clean(key), all.map(clean)] as const);
        expect(stored).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
