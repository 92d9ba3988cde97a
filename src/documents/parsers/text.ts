import type { ParsedDocument } from '../../types.js';
import { safeMetadata, unknownFields } from '../fields.js';
import { normaliseText, oneLine } from '../normalise.js';
import { isListItem, reflow } from '../reflow.js';
import { readStories, type Story } from '../stories.js';

const MAX_TITLE_LENGTH = 150;

/**
 * The documents of a plain text file: one, or the stories of a news page that was saved as text (see
 * {@link readStories}).
 */
export function parseText(source: string): ParsedDocument[] {
  const text = normaliseText(source);
  const page = readStories(text);
  if (!page) return [parsePlainText(text)];
  return page.stories.map((story, i) => storyDocument(story, i === 0 ? page.related : []));
}

/**
 * One document of a plain text: its title is a short first line that stands alone, and then no part of the
 * text; form feeds begin pages.
 */
export function parsePlainText(source: string): ParsedDocument {
  const { title, body } = splitTitle(normaliseText(source));
  return { ...unknownFields(), title, ...pagesOf(body), headings: [] };
}

/** The text alone, in paragraphs, with every word it had. */
export function plainParagraphs(source: string): string {
  return reflow(normaliseText(source).replaceAll('\f', '\n\n')).join('\n\n');
}

function splitTitle(text: string): { title: string | null; body: string } {
  const [first = '', ...rest] = text.replace(/^\s+/, '').split('\n');
  const title = oneLine(first);
  const isRepeated = oneLine(rest.find((line) => line.trim() !== '') ?? '') === title;
  const body = (isRepeated ? rest.slice(rest.findIndex((line) => line.trim() !== '') + 1) : rest).join('\n');
  const standsAlone = isRepeated || (rest[0] ?? '').trim() === '';
  const isTitle = standsAlone && body.trim() !== '' && looksLikeTitle(title) && !first.includes('\f');
  return isTitle ? { title, body } : { title: null, body: text };
}

function looksLikeTitle(line: string): boolean {
  return (
    line.length <= MAX_TITLE_LENGTH &&
    /\p{L}/u.test(line) &&
    !/[.,;:!?…。！？]["'”’»)\]]*$/u.test(line) &&
    !isListItem(line)
  );
}

function pagesOf(body: string): Pick<ParsedDocument, 'text' | 'pages'> {
  const parts = body.split('\f').map((page) => reflow(page).join('\n\n'));
  const pages: ParsedDocument['pages'] = [];
  let text = '';
  for (const [i, part] of parts.entries()) {
    if (part === '') continue;
    if (text !== '') text += '\n\n';
    if (parts.length > 1) pages.push({ offset: text.length, page: i + 1 });
    text += part;
  }
  return { text, pages };
}

function storyDocument(story: Story, related: { title: string }[]): ParsedDocument {
  const metadata = safeMetadata([
    ...(story.age ? [['age', story.age] as [string, unknown]] : []),
    ...(related.length > 0 ? [['related_links', related] as [string, unknown]] : []),
  ]);
  const { title, source, author, publishedAt, text } = story;
  return { ...unknownFields(), title, source, author, publishedAt, metadata, text, headings: [], pages: [] };
}
