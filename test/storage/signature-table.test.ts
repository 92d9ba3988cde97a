import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import { SignatureTable } from '../../src/storage/signature-table.js';

/** Numbers of so few kinds that signatures share some by chance. */
const signature = fc
  .array(fc.nat({ max: 200 }), { minLength: SIGNATURE_LENGTH, maxLength: SIGNATURE_LENGTH })
  .map((numbers) => Uint32Array.from(numbers));

const shareBand = (one: Uint32Array, other: Uint32Array): boolean =>
  Array.from({ length: SIGNATURE_LENGTH / 2 }, (_, band) => 2 * band).some(
    (place) => one[place] === other[place] && one[place + 1] === other[place + 1],
  );

describe('a table of signatures', () => {
  it('proposes each document that has two numbers in a row at the same place', () => {
    fc.assert(
      fc.property(fc.array(signature, { maxLength: 60 }), signature, (signatures, sought) => {
        const table = new SignatureTable();
        for (const [place, own] of signatures.entries()) table.add(1_000 + place, own);
        const proposed = table.proposed(sought);
        for (const [place, own] of signatures.entries())
          if (shareBand(own, sought)) expect(proposed).toContain(1_000 + place);
      }),
    );
  });

  it('proposes nearly nothing else, also when it has grown many times over', () => {
    const table = new SignatureTable();
    const own = (document: number): Uint32Array =>
      Uint32Array.from({ length: SIGNATURE_LENGTH }, (_, place) =>
        Math.imul(document * 64 + place + 1, 0x9e3779b1),
      );
    const documents = Array.from({ length: 5_000 }, (_, place) => place + 1);
    for (const document of documents) table.add(document, own(document));
    for (const document of documents) {
      const proposed = table.proposed(own(document));
      expect(proposed).toContain(document);
      expect(proposed.size).toBeLessThan(5);
    }
  });
});
