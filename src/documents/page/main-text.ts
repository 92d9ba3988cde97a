import { Readability } from '@mozilla/readability';
import { letters } from '../normalise.js';
import { type DomDocument, type DomElement, parseDom } from '../parsers/dom.js';
import { type Block, blockParagraphs } from '../parsers/html-blocks.js';
import { runningLength } from './blocks.js';
import { storyContainer } from './story-container.js';

/** The story's own element is believed if it holds so much of the running text that Readability finds. */
const MIN_AGREEMENT = 0.7;

/** Where there is less than this of a main text, it may be a caption: more text elsewhere then wins. */
const MIN_MAIN_TEXT = 140;
const PAGE_FURNITURE =
  'script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, [hidden], [role="navigation"], [role="banner"], [role="contentinfo"]';

/** A page with its furniture taken out of its document. */
export interface CleanPage {
  /** The page as it was. */
  html: string;
  document: DomDocument;
  /** False for a page that is too large or too deep: then nothing was taken out of it. */
  isReadable: boolean;
}

export interface MainText {
  blocks: Block[];
  byline: string | null;
}

/** The paragraphs of a page's main text; those of its whole body where it is short, or has none. Changes the page. */
export function mainText(page: CleanPage, title: string | null): MainText {
  const { blocks, byline } = page.isReadable
    ? agreedText(page.document, title)
    : { blocks: [], byline: null };
  const length = lengthOf(blocks);
  if (length >= MIN_MAIN_TEXT) return { blocks, byline };
  const whole = bodyText(page.html);
  // Of a page so short, Readability may also have kept what surrounds its text.
  const isBetter = lengthOf(whole) > length * 2 || lengthOf(whole) < length;
  return { blocks: isBetter ? whole : blocks, byline };
}

/**
 * The paragraphs that Readability finds and that stand in the element which the page itself names as its story.
 * Where the two don't agree, Readability alone decides.
 */
function agreedText(document: DomDocument, title: string | null): MainText {
  const container = storyContainer(document.body, title);
  const own = container ? blockParagraphs(container.element) : [];
  const article = readArticle(document);
  const readable = article?.content ? blockParagraphs(article.content) : [];
  const common = own.length > 0 ? withinBoth(readable, own) : [];
  const isBelieved = container?.isTitled || runningLength(own) >= runningLength(readable) * MIN_AGREEMENT;
  return {
    blocks: isBelieved && common.length > 0 ? common : readable,
    byline: article?.byline ?? null,
  };
}

function readArticle(document: DomDocument): ReturnType<Readability<DomElement>['parse']> {
  try {
    return new Readability(document, { serializer: (node) => node as unknown as DomElement }).parse();
  } catch (error) {
    // Where tags are nested as they can't be, it climbs past the root: such a page has no main text to find.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The body without its furniture; all of it where a page is nothing but what looks like furniture. */
function bodyText(html: string): Block[] {
  const { documentElement: root } = parseDom(html);
  const all = blockParagraphs(root);
  for (const element of root.querySelectorAll(PAGE_FURNITURE)) element.remove();
  const blocks = blockParagraphs(root);
  return blocks.length > 0 ? blocks : all;
}

/** Compares by line: what one takes for a paragraph of several lines, the other may take for several paragraphs. */
function withinBoth(blocks: Block[], others: Block[]): Block[] {
  const lines = ({ text }: Block) => text.split('\n').map(letters);
  const known = new Set(others.flatMap(lines));
  return blocks.filter((block) => lines(block).some((line) => known.has(line)));
}

function lengthOf(blocks: Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
