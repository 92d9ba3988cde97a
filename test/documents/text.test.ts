import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainText, parseText, plainParagraphs } from '../../src/documents/parsers/text.js';

const wordsOf = (text: string) => text.normalize('NFC').split(/\s+/).filter(Boolean).toSorted();

describe('parsePlainText', () => {
  it('joins the lines that were wrapped at a column', () => {
    const wrapped = [
      'The lake stood at four metres on Wednesday morning, a',
      'hand under the mark that was cut into the harbour wall',
      'in 1974. Two streets in the old town are closed, and',
      'sandbags have been piled up.',
      '',
      'Most people took it calmly.',
    ].join('\n');
    const { text } = parsePlainText(wrapped);
    expect(text.split('\n\n')).toHaveLength(2);
    expect(text).toContain('morning, a hand under the mark');
  });

  it('parts lines that are whole paragraphs', () => {
    const long =
      'The lake stood at four metres on Wednesday morning, and two streets in the old town are closed to all traffic until the weekend at least.';
    expect(parsePlainText(`${long}\n${long}\nIt rained.`).text).toBe(`${long}\n\n${long}\n\nIt rained.`);
  });

  it('keeps the lines of lists and verse', () => {
    expect(parsePlainText('To buy:\n- bread\n- salt,\n  if any is left\n- oil').text).toBe(
      'To buy:\n- bread\n- salt, if any is left\n- oil',
    );
    expect(parsePlainText('Row on, row on,\nthe tide is low').text).toBe('Row on, row on,\nthe tide is low');
  });

  it.each([
    ['A walk to the sea\n\nWe left early.', 'A walk to the sea', 'We left early.'],
    ['A walk to the sea\nA walk to the sea\nWe left early.', 'A walk to the sea', 'We left early.'],
    ['We left early.\n\nIt rained.', null, 'We left early.\n\nIt rained.'],
    ['A walk to the sea', null, 'A walk to the sea'],
    ['- bread\n\n- salt', null, '- bread\n\n- salt'],
  ])('takes the title and the text of %j', (source, title, text) => {
    expect(parsePlainText(source)).toMatchObject({ title, text });
  });

  it('begins a page at each form feed', () => {
    const { text, pages } = parsePlainText('One two.\n\fThree.\n\n\fFour.');
    expect(text).toBe('One two.\n\nThree.\n\nFour.');
    expect(pages.map(({ offset, page }) => [page, text.slice(offset, offset + 4)])).toEqual([
      [1, 'One '],
      [2, 'Thre'],
      [3, 'Four'],
    ]);
  });

  it('loses no word of any text, and leaves no white space at its ends', () => {
    const line = fc.array(
      fc.constantFrom('the', 'lake', 'Stood.', '-', '1.', '•', 'é', '—', 'morning,', '  ', '\t', '\f'),
      { maxLength: 14 },
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(line.map((words) => words.join(' '))).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(texts, (source) => {
        const { title, text, pages } = parsePlainText(source);
        const given = source.replace(/(?![\t\n\f])\p{Cc}/gu, ' ').replace(/^\uFEFF/, '');
        const kept = new Set(wordsOf(`${title ?? ''} ${text}`));
        expect(wordsOf(given).filter((word) => !kept.has(word))).toEqual([]);
        expect(text).toBe(text.trim());
        expect(
          pages.every(({ offset }, i) => offset >= (pages[i - 1]?.offset ?? 0) && offset <= text.length),
        ).toBe(true);
        expect(wordsOf(plainParagraphs(source))).toEqual(wordsOf(given));
      }),
    );
  });
});

describe('parseText', () => {
  it('gives one document of an ordinary text', () => {
    expect(parseText('A walk to the sea\n\nWe left early.')).toHaveLength(1);
  });
});
