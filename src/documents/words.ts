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
const ASCII_END = 0x80;
/** Of each ASCII character, 1 where words are made of it. */
const IN_ASCII_WORD = Uint8Array.from({ length: ASCII_END }, (_, unit) =>
  Number(/[a-z0-9]/i.test(String.fromCharCode(unit))),
);

/** The words of a text, in order; also those of scripts that put no space between them. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  eachWord(text, (start, end) => {
    words.push({ folded: fold(text.slice(start, end)), start, end });
  });
  return words;
}

/** Visits the words of a text in order, by their places alone: nothing is made for a word that is not looked at. */
export function eachWord(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < text.length; start++) {
    // Beyond ASCII a regular expression tells letters from the rest: it is asked only about the runs that hold some.
    let beyondAscii = 0;
    let end = start;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit >= ASCII_END) beyondAscii = 1;
      else if (IN_ASCII_WORD[unit] === 0) break;
    }
    if (beyondAscii === 1) eachWordOfRun(text, start, end, visit);
    else if (end > start) visit(start, end);
    start = end;
  }
}

function eachWordOfRun(
  text: string,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  for (const { 0: word, index } of text.slice(from, to).matchAll(WORD)) {
    const start = from + index;
    if (!UNSPACED.test(word)) {
      visit(start, start + word.length);
      continue;
    }
    for (const { segment, index: within } of unspacedWords.segment(word)) {
      visit(start + within, start + within + segment.length);
    }
  }
}

/** A word in lower case and without accents; one that is nothing but accents stays as it is. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  const folded = word.toLowerCase().normalize('NFD').replace(OPTIONAL_MARKS, '').normalize('NFC');
  return folded === '' ? word : folded;
}

/** A part of a text holds all of the text in memory as long as it is kept (in V8); a copy does not. */
export function copyOf(part: string): string {
  return Buffer.from(part).toString();
}
