import { letters } from '../../normalise.js';
import type { PdfFile } from './document.js';
import type { PageLine } from './paragraphs.js';
import { commonSize } from './segments.js';

/** A title of the outline and the page that it leads to. */
export interface OutlineTitle {
  title: string;
  page: number;
}

export interface OutlineEntry {
  title: string;
  dest: unknown;
  items: OutlineEntry[];
}

const MAX_TITLES = 20_000;
/** A title of the outline may be printed over so many lines. */
const MAX_TITLE_LINES = 4;
/** Without an outline: headings are so much larger than the text, so short, and so few of its lines. */
const LARGER = 1.15;
const HEADING = { letters: 3, characters: 120, lines: 3, share: 0.15 };
/** A document's title is at least so much larger, and in so much of the first page from its top. */
const TITLE = { larger: 1.25, height: 0.5, lines: 4, characters: 200 };
const UNFINISHED = /[.,;]$/;

/** The titles of an outline with their pages, in its order; those that lead nowhere are left out. */
export async function outlineTitles(outline: OutlineEntry[], file: PdfFile): Promise<OutlineTitle[]> {
  const titles: OutlineTitle[] = [];
  const waiting = [...outline].reverse();
  for (let entry = waiting.pop(); entry && titles.length < MAX_TITLES; entry = waiting.pop()) {
    const page = await pageOf(entry.dest, file);
    if (page !== null) titles.push({ title: entry.title, page });
    waiting.push(...[...entry.items].reverse());
  }
  return titles;
}

async function pageOf(dest: unknown, file: PdfFile): Promise<number | null> {
  try {
    const explicit = typeof dest === 'string' ? await file.getDestination(dest) : dest;
    if (!Array.isArray(explicit)) return null;
    const [target] = explicit;
    return (typeof target === 'number' ? target : await file.getPageIndex(target)) + 1;
  } catch {
    // A bookmark that leads nowhere is no heading, and no reason not to read the text.
    return null;
  }
}

/**
 * Numbers the headings among lines: those of the outline; where none of these is printed, those that their type shows
 * to be some.
 */
export function markHeadings(lines: PageLine[], titles: OutlineTitle[]): void {
  markTitles(lines, titles);
  if (lines.every(({ heading }) => heading === null)) markLarge(lines);
}

function markTitles(lines: PageLine[], titles: OutlineTitle[]): void {
  const wanted = new Map<number, Set<string>>();
  for (const { title, page } of titles) {
    const known = wanted.get(page) ?? new Set();
    wanted.set(page, known.add(letters(title)));
  }
  let heading = 0;
  for (let i = 0; i < lines.length; ) {
    const pageTitles = wanted.get(lines[i]?.page ?? 0);
    const count = pageTitles ? linesOfTitle(lines, i, pageTitles) : 0;
    for (const line of lines.slice(i, i + count)) line.heading = heading;
    heading += 1;
    i += Math.max(1, count);
  }
}

/** How many lines from one on are a title, its number before it or not. */
function linesOfTitle(lines: PageLine[], start: number, titles: Set<string>): number {
  let printed = '';
  for (const [i, line] of lines.slice(start, start + MAX_TITLE_LINES).entries()) {
    printed += letters(line.text.replace(/[-\u2010]$/u, ''));
    const unnumbered = printed.replace(/^\p{N}+/u, '');
    if (titles.has(printed) || (unnumbered !== '' && titles.has(unnumbered))) return i + 1;
  }
  return 0;
}

function markLarge(lines: PageLine[]): void {
  const size = commonSize(lines.map((line) => ({ size: line.size, length: line.text.length })));
  const runs = runsOf(lines, ({ size: own, isRow }) => own >= LARGER * size && !isRow);
  const headings = runs.filter((run) => {
    const text = run.map((line) => line.text).join(' ');
    return (
      run.length <= HEADING.lines &&
      text.length <= HEADING.characters &&
      (text.match(/\p{L}/gu)?.length ?? 0) >= HEADING.letters &&
      !UNFINISHED.test(text)
    );
  });
  // Where much of the text is large, large type is no sign.
  if (headings.flat().length > HEADING.share * lines.length) return;
  for (const [heading, run] of headings.entries()) for (const line of run) line.heading = heading;
}

/** The title in the largest type of the first page, if it is in the upper part and clearly larger than the text. */
export function printedTitle(lines: PageLine[], pageHeight: number): string | null {
  const first = lines.filter(({ page }) => page === 1);
  const size = commonSize(lines.map((line) => ({ size: line.size, length: line.text.length })));
  const largest = first.reduce((most, line) => Math.max(most, line.size), 0);
  const [title = [], ...others] = runsOf(first, (line) => line.size >= largest / LARGER);
  const text = title.map((line) => line.text).join(' ');
  const isClear =
    others.length === 0 &&
    largest >= TITLE.larger * size &&
    title.length <= TITLE.lines &&
    text.length <= TITLE.characters &&
    (text.match(/\p{L}/gu)?.length ?? 0) > HEADING.letters &&
    (title[0]?.baseline ?? pageHeight) <= TITLE.height * pageHeight;
  return isClear ? text : null;
}

/** Lines of one kind and size that follow each other in one block. */
function runsOf(lines: PageLine[], isOfKind: (line: PageLine) => boolean): PageLine[][] {
  const runs: PageLine[][] = [];
  let last: PageLine | null = null;
  for (const line of lines) {
    if (!isOfKind(line)) last = null;
    else {
      const goesOn = last?.block === line.block && Math.abs(last.size - line.size) < 0.5;
      if (goesOn) runs.at(-1)?.push(line);
      else runs.push([line]);
      last = line;
    }
  }
  return runs;
}
