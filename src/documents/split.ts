import type { HeadingMark, PageMark, Passage } from '../types.js';

/** Room of the model's window that the title and the heading before a passage may take, in parts of it. */
const TITLE_SHARE = 1 / 4;
const HEADING_SHARE = 1 / 8;
const SPECIAL_TOKENS = 2;

/** Passages of about this many tokens are found best; several short paragraphs make one. */
const TARGET_TOKENS = 64;

/** A rest at the end of a document that is smaller goes to the passage before it. */
const SMALLEST_REST = 24;

/** In UTF-16 units. A word of a hundred letters is one unknown token: what tokens do not bound, this does. */
const LONGEST_PASSAGE = 2_000;

/** In UTF-16 units; longer than nearly every paragraph. */
const SEGMENTED_AT_ONCE = 10_000;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** How many tokens a text is, the special ones not counted. */
export type CountTokens = (text: string) => number;

/** How much of the window goes to what, in tokens. */
export interface TokenBudget {
  title: number;
  heading: number;
  /** The most that a passage has. */
  passage: number;
  /** Up to this many, neighbouring paragraphs are joined. */
  target: number;
}

/** Shares out a model's window so that title, heading and passage together always fit. */
export function shareWindow(window: number): TokenBudget {
  const title = Math.floor(window * TITLE_SHARE);
  const heading = Math.floor(window * HEADING_SHARE);
  const passage = window - SPECIAL_TOKENS - title - heading;
  return { title, heading, passage, target: Math.min(TARGET_TOKENS, passage) };
}

/** A passage and the number of its tokens. */
export interface SizedPassage extends Passage {
  tokens: number;
}

interface Range {
  start: number;
  end: number;
}

interface Piece extends Range {
  tokens: number;
}

interface Packed extends Piece {
  heading: string | null;
}

export interface SplitOptions {
  text: string;
  headings: HeadingMark[];
  pages: PageMark[];
  countTokens: CountTokens;
  budget: TokenBudget;
}

/**
 * Parts a text into passages: short paragraphs join, long ones part at the ends of sentences, and a sentence
 * that is too long between words. Every character that is not white space is in one passage, and only one; a
 * heading begins a passage.
 */
export function splitIntoPassages({
  text,
  headings,
  pages,
  countTokens,
  budget,
}: SplitOptions): SizedPassage[] {
  const headingAt = new Map(headings.map((mark) => [mark.offset, mark.text]));
  const passages = pack(piecesOf(text, countTokens, budget.target), headingAt, budget.target);
  joinSmallRest(passages, headingAt, budget.passage);
  let page = 0;
  return passages.map(({ start, end, tokens, heading }) => {
    for (let next = pages[page]; next && next.offset <= start; next = pages[page]) page++;
    return { text: text.slice(start, end), start, end, page: pages[page - 1]?.page ?? null, heading, tokens };
  });
}

function pack(pieces: Iterable<Piece>, headingAt: Map<number, string>, target: number): Packed[] {
  const passages: Packed[] = [];
  let current: Packed | undefined;
  let heading: string | null = null;
  let onlyHeadings = false;
  for (const piece of pieces) {
    const ownHeading = headingAt.get(piece.start);
    heading = ownHeading ?? heading;
    const joins = ownHeading === undefined || onlyHeadings;
    if (current && joins && fits(current, piece, target)) {
      current.end = piece.end;
      current.tokens += piece.tokens;
      current.heading = onlyHeadings ? heading : current.heading;
      onlyHeadings &&= ownHeading !== undefined;
    } else {
      current = { ...piece, heading };
      passages.push(current);
      onlyHeadings = ownHeading !== undefined;
    }
  }
  return passages;
}

function joinSmallRest(passages: Packed[], headingAt: Map<number, string>, limit: number): void {
  const rest = passages.at(-1);
  const before = passages.at(-2);
  if (!rest || !before || rest.tokens >= SMALLEST_REST || headingAt.has(rest.start)) return;
  if (!fits(before, rest, limit)) return;
  before.end = rest.end;
  before.tokens += rest.tokens;
  passages.pop();
}

function fits(passage: Piece, piece: Piece, limit: number): boolean {
  return passage.tokens + piece.tokens <= limit && piece.end - passage.start <= LONGEST_PASSAGE;
}

/** Paragraphs, or the sentences of a long one, or the words of a long sentence: none above the limit. */
function* piecesOf(text: string, countTokens: CountTokens, limit: number): Generator<Piece> {
  const sized = ({ start, end }: Range): Piece => ({
    start,
    end,
    tokens: countTokens(text.slice(start, end)),
  });

  for (const paragraph of paragraphsOf(text)) {
    const whole = sized(paragraph);
    if (isSmall(whole, limit)) {
      yield whole;
      continue;
    }
    for (const sentence of segmentsOf(text, paragraph, sentences)) {
      const piece = sized(sentence);
      if (isSmall(piece, limit)) {
        yield piece;
        continue;
      }
      for (const word of segmentsOf(text, sentence, words)) yield* cutToFit(text, sized(word), sized, limit);
    }
  }
}

function* paragraphsOf(text: string): Generator<Range> {
  let from = 0;
  // What is between paragraphs is sought, not they themselves: a regular expression overflows its stack on a long one.
  for (const { 0: blankLine, index } of text.matchAll(/\n[^\S\n]*\n|$/g)) {
    const paragraph = text.slice(from, index);
    const written = paragraph.trim();
    const start = from + paragraph.length - paragraph.trimStart().length;
    if (written !== '') yield { start, end: start + written.length };
    from = index + blankLine.length;
  }
}

/** Sentences or words; each is sought in a part of the text, since a segmenter's time grows with the square of its length. */
function* segmentsOf(text: string, { start, end }: Range, segmenter: Intl.Segmenter): Generator<Range> {
  let length = SEGMENTED_AT_ONCE;
  for (let from = start; from < end; ) {
    const segments = [...segmenter.segment(text.slice(from, Math.min(end, from + length)))];
    const isLast = from + length >= end;
    // The last one may go on behind the part.
    const whole = isLast ? segments : segments.slice(0, -1);
    for (const { segment } of whole) {
      const trimmed = segment.trim();
      const at = from + segment.indexOf(trimmed);
      if (trimmed !== '') yield { start: at, end: at + trimmed.length };
      from += segment.length;
    }
    length = whole.length > 0 ? SEGMENTED_AT_ONCE : length * 2;
  }
}

/** Halves a word without end until each part is small, never within a surrogate pair. */
function* cutToFit(
  text: string,
  whole: Piece,
  sized: (range: Range) => Piece,
  limit: number,
): Generator<Piece> {
  const { start, end } = whole;
  if (isSmall(whole, limit) || end - start < 2) {
    yield whole;
    return;
  }
  const half = (start + end) >> 1;
  const middle = /[\uDC00-\uDFFF]/.test(text.charAt(half)) ? half + 1 : half;
  if (middle === end) {
    yield whole;
    return;
  }
  yield* cutToFit(text, sized({ start, end: middle }), sized, limit);
  yield* cutToFit(text, sized({ start: middle, end }), sized, limit);
}

function isSmall({ start, end, tokens }: Piece, limit: number): boolean {
  return tokens <= limit && end - start <= LONGEST_PASSAGE;
}
