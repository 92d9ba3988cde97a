/** What describes a document apart from its text. What is not known is null. */
export interface DocumentFields {
  title: string | null;
  url: string | null;
  source: string | null;
  author: string | null;
  /** ISO 8601: a date (`2025-07-16`) or a moment with its time zone (`2025-07-16T09:30:00+08:00`). */
  publishedAt: string | null;
  /** BCP 47, as far as the source says it: `en`, `pt-BR`. */
  language: string | null;
  tags: string[];
  metadata: Record<string, unknown>;
}

/** A heading within a text: `text.slice(offset, offset + heading.length)` is the heading. */
export interface HeadingMark {
  offset: number;
  text: string;
}

/** The offset at which a page (counted from 1) begins. */
export interface PageMark {
  offset: number;
  page: number;
}

/**
 * What a parser makes of a file or of a part of one: plain text, paragraphs parted by blank lines, with
 * no white space at either end. Offsets count UTF-16 units, as JavaScript's strings do; marks ascend.
 */
export interface ParsedDocument extends DocumentFields {
  /** Only where the source itself names one (a JSON document's `id`). */
  id?: string;
  /** Of what stands in an archive or hangs on a message: its path in there, with `/`: `2025/report.pdf`. */
  part?: string;
  /** Only of a web page: the host or folder whose pages share their furniture. */
  site?: string;
  text: string;
  headings: HeadingMark[];
  pages: PageMark[];
}

/** A document of the index. */
export interface Document extends DocumentFields {
  id: string;
  text: string;
}

/** A part of a document that is embedded and found: `document.text.slice(start, end)` is its text. */
export interface Passage {
  text: string;
  start: number;
  end: number;
  page: number | null;
  heading: string | null;
}

/** A passage of a document in the index. */
export interface StoredPassage extends Passage {
  /** Unique in the index for ever: a changed passage gets a new one. */
  id: number;
}

/** One file, line or document that could not be taken, and why. */
export interface Failure {
  item: string;
  code: string;
  detail: string;
}
