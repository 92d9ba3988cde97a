/** A word of a text and where it stands. */
export interface Word {
  /** In lower case and without accents. */
  folded: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** It parts these scripts by dictionaries, the same for every language. */
const unspacedWords = new Intl.Segmenter('und', { granularity: 'word' });

/** Marks that people leave out as they write: accents and the like. Elsewhere a mark makes a letter another one. */
const OPTIONAL_MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+|(?<=\p{Script=Cyrillic})[\u0300\u0301]|(?<=\u0435)\u0308/gu;

const ASCII = /^[\0-\x7f]*$/;

/** The words of a text, in order; also those of scripts that put no space between them. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(WORD)) {
    if (!UNSPACED.test(run)) {
      words.push({ folded: fold(run), start: index, end: index + run.length });
      continue;
    }
    for (const { segment, index: within } of unspacedWords.segment(run)) {
      const start = index + within;
      words.push({ folded: fold(segment), start, end: start + segment.length });
    }
  }
  return words;
}

/** A word in lower case and without accents; one that is nothing but accents stays as it is. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  const folded = word.toLowerCase().normalize('NFD').replace(OPTIONAL_MARKS, '').normalize('NFC');
  return folded === '' ? word : folded;
}
