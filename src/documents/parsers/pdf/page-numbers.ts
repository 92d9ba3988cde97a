const OWN_NUMBER =
  /^\W*(?:(?:page|seite|pagina|página|side|sida|strona|p|s)\b\W*)?(?<page>\d{1,5})(?:\s*(?:\/|\||of|von|de|di|van|av|z)\s*(?<total>\d{1,5}))?\W*$/iu;

/** A row with more characters or numbers than this is text. */
const MAX_LENGTH = 160;
const MAX_NUMBERS = 12;
const NUMBER = /\d+|\b[ivxlc]{1,9}\b/gi;
/** Numbers that begin the text behind them (`1. Introduction`) are none of a page. */
const FIRST_NUMBER = /^\W*(\w+)(?=\s|$)/;
const LAST_NUMBER = /(?:^|\s)(\w+)\W*$/;
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** True for a row that says which page it is on, and nothing else: `3`, `Page 3 of 14`. */
export function isNumberOfPage(row: string, page: number, total: number): boolean {
  const groups = row.length > MAX_LENGTH ? null : OWN_NUMBER.exec(row)?.groups;
  if (!groups || Number(groups.page) !== page) return false;
  return groups.total === undefined || Number(groups.total) === total;
}

/**
 * The words of a row with how far off its page's a number in them is, for each number: the same on all pages that
 * are counted through, whatever the number.
 */
export function countedWords(row: string, page: number): string[] {
  if (row.length > MAX_LENGTH) return [];
  const numbers = [...row.matchAll(NUMBER)].slice(0, MAX_NUMBERS);
  return numbers.map(({ 0: number, index }) => {
    const offset = numberOf(number) - page;
    return `${row.slice(0, index)}#${offset}${row.slice(index + number.length)}`;
  });
}

/** How far off its page's a number is that stands before or after the words of a row, whatever these are. */
export function countedEdges(row: string, page: number): string[] {
  if (row.length > MAX_LENGTH) return [];
  const numbers = [FIRST_NUMBER.exec(row)?.[1] ?? '', LAST_NUMBER.exec(row)?.[1] ?? ''];
  const offsets = numbers.map((number) => numberOf(number) - page).filter((offset) => !Number.isNaN(offset));
  return [...new Set(offsets)].map((offset) => `#${offset}`);
}

function numberOf(number: string): number {
  if (/^\d{1,6}$/.test(number)) return Number(number);
  if (!/^[ivxlc]{1,9}$/i.test(number)) return Number.NaN;
  const values = [...number.toLowerCase()].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
