import type { DocumentFields, ParsedDocument } from '../../types.js';
import { safeMetadata, unknownFields } from '../fields.js';
import { letters, normaliseText } from '../normalise.js';
import { removeFurniture } from '../page/furniture.js';
import { type CleanPage, mainText } from '../page/main-text.js';
import { canBeMeasured } from '../page/measure.js';
import { RelatedLinks } from '../page/related-links.js';
import { runningText } from '../page/running-text.js';
import { readStoryFields } from '../page/story-fields.js';
import { type WholeStory, wholeStories } from '../page/whole-stories.js';
import { TextBuilder } from '../text-builder.js';
import { parseDom } from './dom.js';
import type { Block } from './html-blocks.js';
import { readBase, readHtmlFields, readName } from './html-fields.js';
import { readArticleBody } from './json-ld.js';

/** A page that shows less than this share of what its JSON-LD says is filled in by scripts. */
const MIN_SHOWN = 0.5;

/**
 * One document of a web page: its main text, in paragraphs, without what the site puts around it, and the
 * fields that the page gives in its metadata; `metadata.related_links` has what it calls related. Nothing is
 * fetched.
 */
export function parseHtml(source: string): ParsedDocument {
  return mainDocument(readPage(source));
}

/** The documents of a web page: one, or each story of a page that carries several whole ones, in its order. */
export function parseHtmlStories(source: string): ParsedDocument[] {
  const page = readPage(source);
  const stories = page.isReadable ? wholeStories(page.document.body) : [];
  if (stories.length === 0) return [mainDocument(page)];
  return stories.map((story, i) => storyDocument(story, page, i === 0 ? page.related : null));
}

/** A page with its furniture taken out. */
interface Page extends CleanPage {
  fields: DocumentFields;
  /** What the page's links are relative to, where it says so. */
  base: string | null;
  related: RelatedLinks;
  articleBody: string[];
}

function readPage(source: string): Page {
  const html = normaliseText(source);
  const document = parseDom(html);
  const isReadable = canBeMeasured(document.documentElement);
  const fields = readHtmlFields(document);
  const articleBody = html.includes('"articleBody"') ? readArticleBody(document) : [];
  const base = readBase(document, fields.url);
  const related = new RelatedLinks(base);
  if (isReadable) removeFurniture(document.body, related);
  return { html, document, isReadable, fields, base, related, articleBody };
}

function mainDocument(page: Page): ParsedDocument {
  const { fields, related, articleBody } = page;
  const { blocks, byline } = mainText(page, fields.title);
  const own = textOf(runningText(withoutTitle(blocks, fields.title), fields, related));
  const told = articleBody.join('\n\n');
  const text = own.text.length >= told.length * MIN_SHOWN ? own : { text: told, headings: [] };
  const metadata = safeMetadata([...Object.entries(fields.metadata), ...related.metadata()]);
  return { ...fields, author: fields.author ?? readName(byline), metadata, ...text, pages: [] };
}

function storyDocument(
  { element, title, blocks }: WholeStory,
  { fields, base }: Page,
  pageLinks: RelatedLinks | null,
): ParsedDocument {
  const { source, language } = fields;
  const links = pageLinks ?? new RelatedLinks(base);
  const own = { ...unknownFields(), ...readStoryFields(element, base), title, source, language };
  const text = textOf(runningText(withoutTitle(blocks, title), own, links));
  return { ...own, metadata: safeMetadata(links.metadata()), ...text, pages: [] };
}

function textOf(blocks: Block[]): Pick<ParsedDocument, 'text' | 'headings'> {
  const builder = new TextBuilder();
  for (const { text, isHeading } of blocks) {
    if (isHeading) builder.heading(text);
    else builder.paragraph(text);
  }
  return builder.build();
}

function withoutTitle(blocks: Block[], title: string | null): Block[] {
  const first = blocks[0];
  const isTitle =
    first !== undefined && title !== null && blocks.length > 1 && letters(first.text) === letters(title);
  return isTitle ? blocks.slice(1) : blocks;
}
