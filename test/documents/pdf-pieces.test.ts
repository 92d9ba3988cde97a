import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/documents/parsers/pdf/document.js';
import { at, linesIn } from './pdf-page.js';

describe('the words of a line', () => {
  it('are parted by white space, drawn or not, and not by font changes', () => {
    expect(linesIn([at(50, 100, 'one'), at(68, 100, 'two')])).toEqual(['one two']);
    expect(linesIn([at(50, 100, 'fac'), at(65.5, 100, 'tory')])).toEqual(['factory']);
    expect(linesIn([at(50, 100, 'one'), at(65, 100, ' '), at(66, 100, 'two')])).toEqual(['one two']);
    expect(linesIn([at(50, 100, 'S'), at(55, 100, ' ', { width: 0 }), at(55, 100, 'MALL CAPS')])).toEqual([
      'SMALL CAPS',
    ]);
  });

  it('are closed up where their letters stand apart', () => {
    const letters = [...'LAKE'].map((letter, i) => at(50 + i * 12, 100, letter));
    const more = [...'VIEWS'].map((letter, i) => at(125 + i * 12, 100, letter));
    expect(linesIn([...letters, ...more])).toEqual(['LAKE VIEWS']);
    expect(linesIn([at(50, 100, 'L A K E')])).toEqual(['LAKE']);
    const small = [
      at(50, 100, 'T'),
      at(55.8, 100, 'H E', { size: 8 }),
      at(72, 100, 'L'),
      at(77.8, 100, 'A K E', { size: 8 }),
    ];
    expect(linesIn(small)).toEqual(['THE LAKE']);
  });

  it('are there once where they are drawn twice to look bold', () => {
    expect(linesIn([at(50, 100, 'Bold'), at(50.4, 100.2, 'Bold'), at(75, 100, 'Bold')])).toEqual([
      'Bold Bold',
    ]);
  });

  it('have single letters for ligatures and composed ones for parted accents', () => {
    expect(linesIn([at(50, 100, 'ﬁnd a na¨ıve oﬃce at 5½ m²')])).toEqual(['find a naïve office at 5½ m²']);
    expect(linesIn([at(50, 100, 'a na¨'), at(71, 100, 'ıve reader')])).toEqual(['a naïve reader']);
  });

  it('do not end in the number of a note', () => {
    const mark = (x: number, str: string) => at(x, 96, str, { size: 6 });
    expect(linesIn([at(50, 100, 'described'), mark(95, '12'), at(104, 100, 'by')])).toEqual([
      'described 12 by',
    ]);
    expect(linesIn([at(50, 100, '30 km'), mark(75, '2')])).toEqual(['30 km2']);
  });

  it('begin with an initial that is several lines high', () => {
    const lines = [
      at(50, 130, 'O', { size: 36, width: 26 }),
      at(78, 106, 'nce upon a time'),
      at(78, 118, 'there was a lake'),
      at(78, 130, 'and a town by it.'),
    ];
    expect(linesIn(lines)).toEqual(['Once upon a time', 'there was a lake', 'and a town by it.']);
    const [initial = at(0, 0, ''), ...rest] = lines;
    const aside = rest.map((text) => ({
      ...text,
      transform: [10, 0, 0, 10, 300, text.transform[5]] satisfies Matrix,
    }));
    expect(linesIn([initial, ...aside])).toContain('O');
  });

  it('of Arabic and Hebrew are in the order in which they are read, numbers in them as they are', () => {
    const rtl = { dir: 'rtl' };
    expect(
      linesIn([at(150, 100, 'שלום', rtl), at(120, 100, '12'), at(132, 100, '30'), at(80, 100, 'עולם', rtl)]),
    ).toEqual(['שלום 12 30 עולם']);
  });
});
