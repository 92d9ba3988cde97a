import type { Byline } from './bylines.js';
import { isName } from './bylines.js';
import { endsSentence, isHeadline, type Line } from './lines.js';

/** Where a story begins: its headline, and what stands between that and its first paragraph. */
export interface Header extends Byline {
  title: string;
  /** The line of the headline, and that of the first paragraph. */
  start: number;
  bodyStart: number;
  isRepeated: boolean;
  /** A sentence between headline and byline. */
  standfirst: string | null;
}

/** A header has no more lines than this between two that prove it. */
const MAX_GAP = 7;
const MAX_PENDING = 3;
const MIN_STANDFIRST_LENGTH = 50;
/** So much running text before the first header is a story whose headline nothing proves. */
const MIN_UNPROVED_BODY = 280;
const UNPROVED_REACH = 6;

/** The headers of a page's stories, in order: headlines that are repeated, or that have a byline under them. */
export function findHeaders(lines: Line[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i < lines.length; ) {
    const header = headerAt(lines, i);
    if (header && isProved(lines, header)) {
      headers.push(header);
      i = header.bodyStart;
    } else i += 1;
  }
  const first = unprovedHeader(lines.slice(0, headers[0]?.start ?? 0));
  return first ? [first, ...headers] : headers;
}

function headerAt(lines: Line[], start: number): Header | null {
  const headline = lines[start];
  if (!headline || !isHeadline(headline)) return null;
  const repeatsAt = (i: number) => lines[i]?.key === headline.key;
  const header: Header = {
    title: headline.text,
    start,
    bodyStart: start + 1,
    isRepeated: false,
    standfirst: null,
  };
  let hasTime = false;
  let pending: Line[] = [];
  for (
    let i = start + 1;
    i < lines.length && i - header.bodyStart < MAX_GAP && pending.length <= MAX_PENDING;
    i += 1
  ) {
    const line = lines[i];
    if (!line || line.kind === 'related' || line.kind === 'promotion' || line.kind === 'pointer') break;
    if (repeatsAt(i)) {
      header.isRepeated = true;
      if (line.text.length < header.title.length) header.title = line.text;
      accept(header, pending, i);
      pending = [];
    } else if (line.byline) {
      // After a story's age only its repeated headline can show that what stood between is still its header.
      if (pending.length > 0 && hasTime) break;
      accept(header, pending, i);
      pending = [];
      merge(header, line.byline);
      hasTime ||= line.byline.age !== undefined || line.byline.publishedAt !== undefined;
    } else if (line.kind === 'furniture' || line.kind === 'comments') {
      if (pending.length === 0) header.bodyStart = i + 1;
    } else if (canBePending(headline, line, hasTime)) pending.push(line);
    else break;
  }
  return header;
}

/** Lines that may stand in a header if a line after them proves it: a source's name, a standfirst or teaser. */
function canBePending(headline: Line, line: Line, hasTime: boolean): boolean {
  if (isName(line.text)) return true;
  const isStandfirst =
    endsSentence(line) && !/\?$/.test(line.text) && line.text.length >= MIN_STANDFIRST_LENGTH;
  return isStandfirst && (hasTime || line.text.length > headline.text.length);
}

function accept(header: Header, pending: Line[], index: number): void {
  for (const line of pending) {
    if (isName(line.text)) header.source ??= line.text;
    else header.standfirst ??= line.text;
  }
  header.bodyStart = index + 1;
}

function merge(header: Header, { isWeak: _, ...byline }: Byline): void {
  const { age, source, author, publishedAt } = byline;
  if (age && !header.age) header.age = age;
  if (source && !header.source) header.source = source;
  if (author && !header.author) header.author = author;
  if (publishedAt && !header.publishedAt) header.publishedAt = publishedAt;
}

function isProved(lines: Line[], header: Header): boolean {
  const { age, author, publishedAt, isRepeated, start, bodyStart } = header;
  if (age) return true;
  const before = lines[start - 1];
  const opensSection = !before || !['sentence', 'short', 'pointer'].includes(before.kind);
  const hasBoth = author !== undefined && publishedAt !== undefined;
  if (isRepeated) {
    const opensBody = lines[start]?.isAfterBlank === true && lines[bodyStart]?.kind === 'sentence';
    return opensSection || start < UNPROVED_REACH || opensBody;
  }
  return (
    hasBoth ||
    ((author !== undefined || publishedAt !== undefined) && (opensSection || start < UNPROVED_REACH))
  );
}

/** The main story of a page that prints its headline once and says nothing under it. */
function unprovedHeader(lines: Line[]): Header | null {
  const body = lines.findIndex(({ kind }) => kind === 'sentence');
  const length = lines.reduce((sum, { kind, text }) => sum + (kind === 'sentence' ? text.length : 0), 0);
  if (body < 0 || length < MIN_UNPROVED_BODY) return null;
  for (let i = body - 1; i >= Math.max(0, body - UNPROVED_REACH); i -= 1) {
    const line = lines[i];
    if (line?.kind === 'short' && isHeadline(line) && !endsSentence(line)) {
      return { title: line.text, start: i, bodyStart: i + 1, isRepeated: false, standfirst: null };
    }
  }
  return null;
}
