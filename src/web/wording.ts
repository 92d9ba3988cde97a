import type { DocumentFields } from './answers.js';

// The page speaks English, whatever the browser does.
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const NUMBER = new Intl.NumberFormat('en-GB');
const LANGUAGE = new Intl.DisplayNames('en-GB', { type: 'language' });

/** A document's title, or, when it has none, its file's name made readable: `news/rain-in_july.pdf#2` gives `Rain in july (2)`. */
export function titleOf({ id, title }: Pick<DocumentFields, 'id' | 'title'>): string {
  if (title !== null && title.trim() !== '') return title;
  const [, path = id, story] = /^(.*?)(?:#(\d+))?$/s.exec(id) ?? [];
  const name = path.split('/').findLast((part) => part !== '') ?? id;
  const words = name
    .replace(/\.[a-z]\w{0,4}$/i, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
  const readable = words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
  return story === undefined ? readable : `${readable} (${story})`;
}

const KINDS: Record<string, string> = {
  pdf: 'PDF',
  html: 'Web page',
  htm: 'Web page',
  docx: 'Word',
  odt: 'OpenDocument',
  rtf: 'Rich text',
  epub: 'E-book',
  eml: 'E-mail',
  mbox: 'E-mail',
  csv: 'Table',
  tsv: 'Table',
  srt: 'Subtitles',
  vtt: 'Subtitles',
  rss: 'Feed',
  atom: 'Feed',
};

/** What kind of file an id's path ends as, for readers: `PDF`; null where that says nothing to them. */
export function kindOf(id: string): string | null {
  const extension = /\.([a-z]\w{0,4})(?:#\d+)?$/i.exec(id)?.[1]?.toLowerCase();
  return (extension === undefined ? undefined : KINDS[extension]) ?? null;
}

/** The day of an ISO date or moment as it was where it was written: `16 July 2025`. What is no date stays as it is. */
export function dayOf(publishedAt: string): string {
  const day = /^\d{4}-\d\d-\d\d(?=$|T|\s)/.exec(publishedAt)?.[0];
  const date = new Date(day ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return publishedAt;
  // A 30 February would otherwise pass for 1 March.
  return date.toISOString().slice(0, 10) === day ? DATE.format(date) : publishedAt;
}

/** The English name of a BCP 47 tag; a tag that is none stays as it is. */
export function languageName(tag: string): string {
  try {
    return LANGUAGE.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** `1 document`, `1,234 documents`. */
export function counted(count: number, singular: string): string {
  return `${NUMBER.format(count)} ${singular}${count === 1 ? '' : 's'}`;
}

/** An address that a reader may safely follow: http or https; null for any other. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
