import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix, PdfText } from '../../src/documents/parsers/pdf/document.js';
import { linesOf } from '../../src/documents/parsers/pdf/lines.js';
import { textDirections } from '../../src/documents/parsers/pdf/pieces.js';
import { runningSegments } from '../../src/documents/parsers/pdf/running.js';
import { segmentsOf } from '../../src/documents/parsers/pdf/segments.js';

const WIDTH = 600;
const HEIGHT = 800;
/** A page as pdf.js describes it: y upwards in the file, downwards for a reader. */
const page = { width: WIDTH, height: HEIGHT, transform: [1, 0, 0, -1, 0, HEIGHT] satisfies Matrix };
const CHARACTER = 0.5;

/** A run of text that begins at `x` points from the left and `y` from the top of a page. */
function at(x: number, y: number, str: string, options: Partial<PdfText> & { size?: number } = {}): PdfText {
  const { size = 10, ...rest } = options;
  const width = str.length * size * CHARACTER;
  const transform: Matrix = [size, 0, 0, size, x, HEIGHT - y];
  return { str, dir: 'ltr', transform, width, height: size, fontName: 'f', ...rest };
}

/** The same page, turned clockwise by so many degrees around its middle. */
function turned(texts: PdfText[], degrees: number): PdfText[] {
  const [cos, sin] = [Math.cos((-degrees * Math.PI) / 180), Math.sin((-degrees * Math.PI) / 180)];
  return texts.map((text) => {
    const [a, b, c, d, e, f] = text.transform;
    const [x, y] = [e - WIDTH / 2, f - HEIGHT / 2];
    const transform: Matrix = [
      a * cos - b * sin,
      a * sin + b * cos,
      c * cos - d * sin,
      c * sin + d * cos,
      x * cos - y * sin + WIDTH / 2,
      x * sin + y * cos + HEIGHT / 2,
    ];
    return { ...text, transform };
  });
}

function linesIn(texts: PdfText[]): string[] {
  return textDirections(texts, page).flatMap(({ pieces }) =>
    linesOf(segmentsOf(pieces)).map(({ text }) => text),
  );
}

const prose = (start: string) => `${start} of a line that fills its column`.slice(0, 40);
/** Lines of prose below each other. */
const column = (x: number, y: number, name: string, count: number, pitch = 12) =>
  Array.from({ length: count }, (_, i) => at(x, y + i * pitch, prose(`${name}${i}`)));
const names = (name: string, count: number) => Array.from({ length: count }, (_, i) => prose(`${name}${i}`));

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

describe('running heads and feet', () => {
  const OTHER_WORDS = ['none', 'one', 'two', 'three', 'four'];
  const pages = (count: number, textsOf: (page: number) => PdfText[]) =>
    Array.from({ length: count }, (_, i) => {
      const [main] = textDirections(textsOf(i + 1), page);
      return { page: i + 1, segments: segmentsOf(main?.pieces ?? []), top: 0, bottom: HEIGHT };
    });
  const running = (all: ReturnType<typeof pages>) =>
    [...runningSegments(all, all.length)].flatMap(({ pieces }) => pieces.map(({ text }) => text));

  it('stand at the same height of several pages with the same words, whatever the number', () => {
    const found = running(
      pages(3, (i) => [
        at(50, 40, 'The Lake Report'),
        ...column(50, 100, OTHER_WORDS[i] ?? '', 5),
        at(280, 770, `Page ${i} of 3`),
      ]),
    );
    expect(found.toSorted()).toEqual([
      'Page 1 of 3',
      'Page 2 of 3',
      'Page 3 of 3',
      ...Array(3).fill('The Lake Report'),
    ]);
  });

  it('may have other words on each page beside the number of the page', () => {
    const heads = ['v PREFACE', 'CHAPTER ONE vi', 'vii CHAPTER TWO'];
    expect(
      running(pages(3, (i) => [at(50, 40, heads[i - 1] ?? ''), ...column(50, 100, OTHER_WORDS[i] ?? '', 5)])),
    ).toEqual(heads);
  });

  it('do not include what tells letters and bills from each other', () => {
    const found = running(
      pages(3, (i) => [
        at(50, 40, `Bill no. ${4_000 + i * 17}`),
        ...column(50, 100, OTHER_WORDS[i] ?? '', 5),
      ]),
    );
    expect(found).toEqual([]);
  });

  it('of two pages are their own numbers and nothing else', () => {
    const found = running(
      pages(2, (i) => [
        at(50, 40, 'The Lake Report'),
        ...column(50, 100, OTHER_WORDS[i] ?? '', 5),
        at(280, 770, `${i} / 2`),
      ]),
    );
    expect(found).toEqual(['1 / 2', '2 / 2']);
  });

  it('are not what stands inward of text that differs, or in the middle of a page', () => {
    const found = running(
      pages(4, (i) => [
        at(50, 40, `First ${'abcd'[i]}`),
        at(50, 55, 'Dear reader,'),
        at(50, 400, 'The same'),
      ]),
    );
    expect(found).toEqual([]);
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
      { numRuns: 300 },
    );
  });

  it('are read within the time of a test where there are very many', () => {
    const scattered = Array.from({ length: 40_000 }, (_, i) =>
      at((i * 7919) % 590, (i * 104_729) % 790, `w${i}`, { size: 3 }),
    );
    expect(linesIn(scattered).length).toBeGreaterThan(0);
  });
});
