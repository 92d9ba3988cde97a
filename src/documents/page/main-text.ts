import { Readability } from '@mozilla/readability';
import { letters } from '../normalise.js';
import type { DomDocument, DomElement } from '../parsers/dom.js';
import { type Block, blockParagraphs } from '../parsers/html-blocks.js';
import { storyContainer } from './story-container.js';

/** A paragraph of running text has so many characters, and no more than this share of them is linked. */
const RUNNING = { length: 80, linked: 0.5 };
/** The story's own element is believed if it holds so much of the running text that Readability finds. */
const MIN_AGREEMENT = 0.7;

export interface MainText {
  blocks: Block[];
  byline: string | null;
}

/**
 * The paragraphs of a page's main text: those that Readability finds and that stand in the element which the
 * page itself names as its story. Where the two don't agree, Readability alone decides. Changes the page.
 */
export function mainText(document: DomDocument, title: string | null): MainText {
  const container = storyContainer(document.body, title);
  const own = container ? blockParagraphs(container.element) : [];
  const article = new Readability(document, { serializer: (node) => node as unknown as DomElement }).parse();
  const readable = article?.content ? blockParagraphs(article.content) : [];
  const common = own.length > 0 ? withinBoth(readable, own) : [];
  const isBelieved = container?.isTitled || runningLength(own) >= runningLength(readable) * MIN_AGREEMENT;
  return {
    blocks: isBelieved && common.length > 0 ? common : readable,
    byline: article?.byline ?? null,
  };
}

/** Compares by line: what one takes for a paragraph of several lines, the other may take for several paragraphs. */
function withinBoth(blocks: Block[], others: Block[]): Block[] {
  const lines = ({ text }: Block) => text.split('\n').map(letters);
  const known = new Set(others.flatMap(lines));
  return blocks.filter((block) => lines(block).some((line) => known.has(line)));
}

function runningLength(blocks: Block[]): number {
  return blocks
    .filter(({ text, linked }) => text.length >= RUNNING.length && linked < text.length * RUNNING.linked)
    .reduce((sum, { text }) => sum + text.length, 0);
}
