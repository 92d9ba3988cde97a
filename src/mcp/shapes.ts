import { z } from 'zod';
import type { DocumentSummary } from '../akin.js';

/** By which a document is cited. */
export const citation = z.object({
  id: z.string().describe('the id by which read_document and related know it'),
  title: z.string().nullable(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  date: z.string().nullable().describe('when it was published'),
});
export type Citation = z.output<typeof citation>;

/** A passage as answers give it. */
export const passage = z.object({
  passage: z.number().describe('its id, to cite it and to read on from it'),
  page: z.number().nullable(),
  heading: z.string().nullable(),
  text: z.string(),
});
export type PassageShape = z.output<typeof passage>;

/** What narrows a search down. */
export const narrowing = {
  filter: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'only documents whose fields fit, such as {"source": "The Star"}, {"tags": {"in": ["ai"]}} or {"language": "en"}; joined by and, or, not. Fields: id, title, url, source, author, publishedAt, language, tags, metadata.KEY; operators: eq ne in nin gt gte lt lte exists. list_sources tells the values.',
    ),
  since: z.string().optional().describe('only documents published on this day or later: 2025-07-01'),
  until: z.string().optional().describe('only documents published on this day or before: 2025-07-31'),
};

/** The longest title, address or heading that is shown whole. */
const LONGEST_FIELD = 300;

export function citationOf({
  id,
  title,
  url,
  source,
  publishedAt,
}: Omit<DocumentSummary, 'tags' | 'metadata' | 'author' | 'language'>): Citation {
  return { id, title: shortened(title), url, source: shortened(source), date: publishedAt };
}

/** A field's text, cut where it is longer than any is. */
export function shortened<Text extends string | null>(text: Text, most = LONGEST_FIELD): Text | string {
  return text !== null && text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Title, id and facts in two lines. */
export function citationText({ id, title, url, source, date }: Citation): string[] {
  const facts = [source, date?.slice(0, 10), url].filter(Boolean).join(' · ');
  return [`${title ?? '(no title)'} [document ${id}]`, ...(facts === '' ? [] : [facts])];
}

/** A passage with its id, page and heading before it. */
export function passageText({ passage: id, page, heading, text }: PassageShape): string {
  const place = [`passage ${id}`, page === null ? '' : `page ${page}`, heading ?? '']
    .filter(Boolean)
    .join(', ');
  return `[${place}] ${text}`;
}
