import fc from 'fast-check';
import { shareWindow, splitIntoPassages } from '../../src/documents/split.js';
import type { HeadingMark } from '../../src/types.js';

/** A token a letter or digit run, one for each other sign: like WordPiece, it adds up over white space. */
export const countTokens = (text: string): number =>
  (text.match(/[\p{L}\p{N}]{1,6}|[^\p{L}\p{N}\s]/gu) ?? []).length;

export const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }).map((s) => s.replace(/\s/g, 'x') || 'x'),
  fc.constantFrom('Die', 'Stadt.', 'Why?', '上海市', '😀', 'e.g.', '"so"', 'été', '…'),
);
const paragraph = fc
  .array(word, { minLength: 1, maxLength: 80, size: 'max' })
  .map((words) => words.join(' '));
const longWord = fc.integer({ min: 1, max: 9_000 }).map((length) => '𝒳'.repeat(length));
export const text = fc
  .array(fc.oneof({ weight: 9, arbitrary: paragraph }, { weight: 1, arbitrary: longWord }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((paragraphs) => paragraphs.join('\n\n').trim());

/** In the smaller window passages have what the window holds; in the larger, what they are best found with. */
export const made = fc.record({
  whole: text,
  window: fc.constantFrom(64, 256),
  /** Which of the paragraphs are headings. */
  isHeading: fc.array(
    fc.nat({ max: 3 }).map((number) => number === 0),
    { minLength: 8, maxLength: 8 },
  ),
});

/** Of the paragraphs those that are headings. */
function headingsOf(whole: string, isHeading: boolean[]): HeadingMark[] {
  let offset = 0;
  return whole.split('\n\n').flatMap((own, place) => {
    const mark = { text: own, offset };
    offset += own.length + 2;
    return isHeading[place] ? [mark] : [];
  });
}

export const splitMade = ({
  whole,
  window,
  isHeading,
}: {
  whole: string;
  window: number;
  isHeading: boolean[];
}) => {
  const headings = headingsOf(whole, isHeading);
  const own = shareWindow(window);
  return {
    headings,
    own,
    passages: splitIntoPassages({ text: whole, headings, pages: [], countTokens, budget: own }),
  };
};
