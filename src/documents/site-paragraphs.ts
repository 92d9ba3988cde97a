import type { HeadingMark, ParsedDocument } from '../types.js';
import { safeMetadata } from './fields.js';
import { letters } from './normalise.js';

/** A longer paragraph is no furniture, however many pages of a site have it. In UTF-16 units. */
const LONGEST_FURNITURE = 600;
/** The part of a page's text that stays at least: a page that would lose more is a copy of others. */
const LEAST_KEPT = 0.5;

/** What of a page was left out since other pages of its site have it too: a list of paragraphs in its metadata. */
export const LEFT_OUT = 'left_out';

/** A paragraph by which pages of a site are compared. */
export interface SiteParagraph {
  /** The same for paragraphs that differ only in numbers, case and punctuation; 52 bits. */
  hash: number;
  length: number;
}

interface Paragraph {
  text: string;
  start: number;
}

type Page = Pick<ParsedDocument, 'text' | 'headings' | 'metadata'>;

/**
 * The site that a web page shares its furniture with: its host, or without an address the folder that it lies in.
 *
 * @param file the path of its file, where it has one
 */
export function siteOf(url: string | null, file: string | null): string | null {
  if (url !== null && URL.canParse(url)) return new URL(url).host;
  return file === null ? null : `folder:${file.slice(0, file.lastIndexOf('/') + 1)}`;
}

/** The paragraphs of a page that could be its site's furniture, each once; those that were left out of it count too. */
export function siteParagraphs({ text, headings, metadata }: Page): SiteParagraph[] {
  const own = paragraphsOf(text).filter(({ start }) => !isHeading(start, headings));
  const all = [...own.map((paragraph) => paragraph.text), ...leftOutOf(metadata)];
  const unique = new Map<number, SiteParagraph>();
  for (const paragraph of all) {
    const hash = hashOf(paragraph);
    if (hash !== null) unique.set(hash, { hash, length: paragraph.length });
  }
  return [...unique.values()];
}

/**
 * A page without the paragraphs that its site repeats, which are kept in its metadata; the page as it is where it
 * would lose the most of its text.
 */
export function withoutFurniture<Document extends ParsedDocument>(
  document: Document,
  furniture: ReadonlySet<number>,
): Document {
  const { text, headings, pages, metadata } = document;
  const kept: Paragraph[] = [];
  const dropped: string[] = [];
  for (const paragraph of paragraphsOf(text)) {
    const hash = isHeading(paragraph.start, headings) ? null : hashOf(paragraph.text);
    if (hash !== null && furniture.has(hash)) dropped.push(paragraph.text);
    else kept.push(paragraph);
  }
  const keptText = kept.map((paragraph) => paragraph.text).join('\n\n');
  if (dropped.length === 0 || keptText.length < text.length * LEAST_KEPT) return document;
  const moved = movedOffsets(kept);
  return {
    ...document,
    text: keptText,
    headings: headings.flatMap((mark) => moveMark(mark, moved)),
    pages: pages.flatMap((mark) => moveMark(mark, moved)),
    metadata: safeMetadata([...Object.entries(metadata), [LEFT_OUT, [...leftOutOf(metadata), ...dropped]]]),
  };
}

function paragraphsOf(text: string): Paragraph[] {
  let start = 0;
  return text.split('\n\n').map((paragraph) => {
    const own = { text: paragraph, start };
    start += paragraph.length + 2;
    return own;
  });
}

/** Where the paragraphs that are kept begin, before and after. */
function movedOffsets(kept: Paragraph[]): Map<number, number> {
  const moved = new Map<number, number>();
  let start = 0;
  for (const paragraph of kept) {
    moved.set(paragraph.start, start);
    start += paragraph.text.length + 2;
  }
  return moved;
}

function moveMark<Mark extends { offset: number }>(mark: Mark, moved: Map<number, number>): Mark[] {
  const offset = moved.get(mark.offset);
  return offset === undefined ? [] : [{ ...mark, offset }];
}

function isHeading(start: number, headings: HeadingMark[]): boolean {
  return headings.some(({ offset }) => offset === start);
}

function leftOutOf(metadata: Record<string, unknown>): string[] {
  const value = metadata[LEFT_OUT];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Null for what is no furniture: what is long, or says nothing. */
function hashOf(paragraph: string): number | null {
  const form = letters(paragraph).replace(/\p{N}+/gu, '#');
  if (paragraph.length > LONGEST_FURNITURE || form.length < 3) return null;
  let [low, high] = [0x811c9dc5, 0x9e3779b1];
  for (let i = 0; i < form.length; i++) {
    const unit = form.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 15);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}
