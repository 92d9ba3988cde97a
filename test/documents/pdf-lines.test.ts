import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix, PdfText } from '../../src/documents/parsers/pdf/document.js';
import { linesOf } from '../../src/documents/parsers/pdf/lines.js';
import { textDirections } from '../../src/documents/parsers/pdf/pieces.js';
import { segmentsOf } from '../../src/documents/parsers/pdf/segments.js';
import { at, column, linesIn, names, page, prose, turned } from './pdf-page.js';

describe('the lines of a page', () => {
  const title = at(150, 60, 'A title that runs across both columns', { size: 16 });
  const left = column(50, 120, 'left', 12);
  const right = column(320, 120, 'right', 12);

  it('are read column by column, below what runs across them, however they are drawn', () => {
    const expected = [title.str, ...names('left', 12), ...names('right', 12)];
    expect(linesIn([title, ...left, ...right])).toEqual(expected);
    const byRow = left.flatMap((line, i) => [line, right[i] ?? line]);
    expect(linesIn([...byRow.reverse(), title])).toEqual(expected);
  });

  it('are read column by column above and below a caption that runs across them', () => {
    const caption = at(
      60,
      270,
      'Figure 1: a caption that is as wide as the page and stands between its columns',
    );
    const [below, beside] = [column(50, 290, 'more', 6), column(320, 290, 'rest', 6)];
    expect(linesIn([...left, ...below, ...right, ...beside, caption])).toEqual([
      ...names('left', 12),
      ...names('right', 12),
      caption.str,
      ...names('more', 6),
      ...names('rest', 6),
    ]);
  });

  it('are read in three columns, and these from the right where the script runs so', () => {
    const three = ['a', 'b', 'c'].flatMap((name, i) => column(30 + i * 220, 100, name, 9));
    expect(linesIn(three)).toEqual(['a', 'b', 'c'].flatMap((name) => names(name, 9)));
    const arabic = three.map((line) => ({ ...line, dir: 'rtl' }));
    expect(linesIn(arabic)).toEqual(['c', 'b', 'a'].flatMap((name) => names(name, 9)));
  });

  it('keep the rows of a table together', () => {
    const rows = [
      ['Lake', 'Depth', 'Area'],
      ['Bled', '30 m', '1.5 km²'],
      ['Bohinj', '45 m', '3.2 km²'],
      ['Ohrid', '288 m', '358 km²'],
    ];
    const cells = rows.flatMap((row, y) => row.map((cell, x) => at(60 + x * 150, 200 + y * 14, cell)));
    expect(linesIn(cells)).toEqual(rows.map((row) => row.join(' | ')));
  });

  it('of a table of contents have no dots between a title and its page', () => {
    const entries = [
      at(50, 100, 'Of lakes. . . . . . . . . . . . . . 12'),
      at(50, 114, 'Of towns ............................'),
      at(300, 114, 'xii'),
    ];
    expect(linesIn(entries)).toEqual(['Of lakes | 12', 'Of towns | xii']);
  });

  it('keep a label and what stands beside it on one line', () => {
    const years = ['2019', '2020', '2021'];
    const labels = years.map((year, i) => at(50, 100 + i * 14, year));
    const facts = column(120, 100, 'fact', 3, 14);
    expect(linesIn([...labels, ...facts])).toEqual(years.map((year, i) => `${year} | ${prose(`fact${i}`)}`));
  });

  it('keep notes at the side and lists side by side apart', () => {
    const [first = '', second = ''] = names('text', 2);
    const notes = [at(50, 100, 'On lakes', { size: 7 }), at(50, 112, 'and towns', { size: 7 })];
    expect(linesIn([...notes, ...column(120, 100, 'text', 2)])).toEqual([
      'On lakes',
      'and towns',
      first,
      second,
    ]);
    const list = (x: number, items: string[]) => items.map((item, i) => at(x, 100 + i * 14, `• ${item}`));
    expect(linesIn([...list(50, ['bread', 'salt']), ...list(320, ['lakes', 'towns'])])).toEqual([
      '• bread',
      '• salt',
      '• lakes',
      '• towns',
    ]);
  });

  it('have the notes of a column after all of its page', () => {
    const note = at(50, 290, '1 A note in smaller type.', { size: 8 });
    expect(linesIn([...left, note, ...right])).toEqual([
      ...names('left', 12),
      ...names('right', 12),
      note.str,
    ]);
  });

  it.each([90, 180, 270, 4, -7.5])('are the same on a page that is turned by %d degrees', (degrees) => {
    const texts = [title, ...left, ...right];
    expect(linesIn(turned(texts, degrees))).toEqual(linesIn(texts));
  });

  it('follow the direction that most of the text has, and end with what runs elsewhere', () => {
    const [stamp] = turned([at(300, 30, 'Received on Monday')], 270);
    expect(linesIn([...(stamp ? [stamp] : []), ...left])).toEqual([
      ...names('left', 12),
      'Received on Monday',
    ]);
  });

  it('of vertical writing run down and from right to left', () => {
    const vertical = (x: number, str: string): PdfText => ({
      ...at(x, 100, str),
      dir: 'ttb',
      width: 10,
      height: str.length * 10,
    });
    expect(linesIn([vertical(300, '一二三四'), vertical(320, '上下左右')])).toEqual(['上下左右', '一二三四']);
  });
});

describe('any texts at any places', () => {
  const coordinate = fc.oneof(
    fc.double({ min: -50, max: 900, noNaN: true }),
    fc.integer({ min: 0, max: 60 }).map((n) => n * 12),
  );
  const text = fc.record({
    str: fc.oneof(
      fc.constantFrom('one', 'two ', ' ', '', 'A', '•', '12', 'well-', 'שלום'),
      fc.string({ maxLength: 12 }),
    ),
    dir: fc.constantFrom('ltr', 'rtl', 'ttb'),
    transform: fc
      .tuple(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.constantFrom(0, 0, 0, 90, 180, 270, 33),
        coordinate,
        coordinate,
      )
      .map(([size, degrees, x, y]): Matrix => {
        const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
        return [size * cos, size * sin, -size * sin, size * cos, x, y];
      }),
    width: fc.double({ min: 0, max: 300, noNaN: true }),
    height: fc.double({ min: 0, max: 60, noNaN: true }),
    fontName: fc.constant('f'),
  });

  it('give lines that have each piece once', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const directions = textDirections(texts, page);
        for (const { pieces } of directions) {
          const letters = (words: string[]) =>
            [...words.join('').replace(/ \| /g, '').replace(/[\s.]/g, '')].sort().join('');
          const printed = linesOf(segmentsOf(pieces)).map((line) => line.text);
          expect(letters(printed)).toBe(letters(pieces.map((piece) => piece.text)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
