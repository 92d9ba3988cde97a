import { describe, expect, it } from 'vitest';
import { examineText } from '../../src/documents/examine.js';
import { unknownFields } from '../../src/documents/fields.js';
import type { ParsedDocument } from '../../src/types.js';
import encodings from '../fixtures/documents/encodings.json' with { type: 'json' };

const samples: { language: string; text: string }[] = encodings;
const document = (text: string, fields: Partial<ParsedDocument> = {}): ParsedDocument => ({
  ...unknownFields(),
  text,
  headings: [],
  pages: [],
  ...fields,
});

describe('examineText', () => {
  it.each(samples)('tells the language of a text in $language', ({ language, text }) => {
    expect(examineText(document(text)).language).toBe(language);
  });

  it('says nothing of a text that is too short or no language', () => {
    for (const text of ['Taxi', '12 345 67', 'x = y(3) + z[4];']) {
      expect(examineText(document(text)).language).toBeNull();
    }
  });

  it('believes what an author says, and a template only where the text does not say otherwise', () => {
    const german = 'Die Gemeinde hat gestern beschlossen, die Brücke für den Verkehr zu sperren. '.repeat(8);
    const declared = document(german, { language: 'en-GB' });
    expect(examineText(declared).language).toBe('en-GB');
    expect(examineText(declared, { declaredBy: 'template' }).language).toBe('de');
    const austrian = document(german, { language: 'de-AT' });
    expect(examineText(austrian, { declaredBy: 'template' }).language).toBe('de-AT');
  });

  it('counts garbled places and leaves them as they are', () => {
    const text = 'The cafÃ© canâ€™t pay, said ÐŸÑ€Ð¸Ð²ÐµÑ‚ \uFFFD\uFFFD.';
    const examined = examineText(document(text, { metadata: { desk: 'city' } }));
    expect(examined.text).toBe(text);
    expect(examined.metadata).toEqual({ desk: 'city', mojibake: 4 });
  });

  it('takes no letter of a language for garbled', () => {
    for (const { text } of samples) expect(examineText(document(text)).metadata).toEqual({});
    expect(examineText(document('SÃO JOÃO, Âge, l’Âne, Âpre.')).metadata).toEqual({});
  });
});
