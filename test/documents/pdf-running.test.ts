import { describe, expect, it } from 'vitest';
import type { PdfText } from '../../src/documents/parsers/pdf/document.js';
import { textDirections } from '../../src/documents/parsers/pdf/pieces.js';
import { runningSegments } from '../../src/documents/parsers/pdf/running.js';
import { segmentsOf } from '../../src/documents/parsers/pdf/segments.js';
import { at, column, HEIGHT, page } from './pdf-page.js';

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
