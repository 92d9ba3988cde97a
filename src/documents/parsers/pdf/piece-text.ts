import { oneLine } from '../../normalise.js';

const PRESENTATION_FORMS = /[\uFB00-\uFDFF\uFE70-\uFEFC]/g;
/** TeX's older fonts have accents as signs of their own, drawn before the letter that they belong to. */
const PARTED_ACCENT = /([¨ˆ˜ˇ˚]|´(?=[aeiouıy]))(\p{L})/giu;
const COMBINING: Readonly<Record<string, string>> = {
  '¨': '\u0308',
  ˆ: '\u0302',
  '˜': '\u0303',
  ˇ: '\u030C',
  '˚': '\u030A',
  '´': '\u0301',
};
/** A sign of a symbol font that stands alone: what programs set before the items of a list. */
const SYMBOL_BULLET = /^[\uF000-\uF0FF]$/;
const SPACED_LETTERS = /^\p{L}(?: \p{L}){3,}$/u;

/** A piece's text on one line: letters of presentation forms (ﬁ) put singly, words of letters that stand apart closed up. */
export function cleanText(text: string): string {
  const line = oneLine(text.replace(PRESENTATION_FORMS, (form) => form.normalize('NFKC')));
  if (SYMBOL_BULLET.test(line)) return '•';
  return SPACED_LETTERS.test(line) ? line.replaceAll(' ', '') : line;
}

/** A line's text with its accents on their letters, those that were drawn apart from them too. */
export function composeAccents(line: string): string {
  const composed = line.replace(PARTED_ACCENT, (parted, accent: string, letter: string) => {
    const both = `${letter === 'ı' ? 'i' : letter}${COMBINING[accent] ?? ''}`.normalize('NFC');
    return both.length === 1 ? both : parted;
  });
  return composed.normalize('NFC');
}
