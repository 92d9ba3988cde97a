import { letters, oneLine } from '../normalise.js';
import type { DomElement } from '../parsers/dom.js';
import { type Block, blockParagraphs } from '../parsers/html-blocks.js';
import { isRunning, runningLength } from './blocks.js';

/** One of several whole stories of a page. */
export interface WholeStory {
  element: DomElement;
  title: string;
  blocks: Block[];
}

const STORY_ELEMENTS =
  'article, [itemtype$="BlogPosting"], [itemtype$="NewsArticle"], [itemtype$="/Article"], [itemprop~="liveBlogUpdate"]';
const HEADING = 'h1, h2, h3, [itemprop="headline"]';
const DATE = 'time, [itemprop="datePublished"], [itemprop="dateCreated"]';
/** A whole story, not its beginning with a link to the rest. */
const MIN_STORY = { text: 500, paragraphs: 2 };
/** One that holds more of the page's running text is the page's story, and the others stand beside it. */
const MAX_SHARE = 0.6;
/** Text outside of the stories would be lost: there is no more than this share of it. */
const MAX_OUTSIDE = 0.15;
/** So many of the story elements are whole stories: a list of beginnings with one whole story in it is a list. */
const MIN_WHOLE = 0.75;

/**
 * The stories of a page that carries several whole ones: a front page, a live blog, a digest. Each has an element
 * of its own that says so, a heading, a date or an address, and paragraphs; together they are the page.
 *
 * @returns none for any other page: when in doubt, a page is one document.
 */
export function wholeStories(body: DomElement): WholeStory[] {
  const elements = outermost([...body.querySelectorAll(STORY_ELEMENTS)]);
  if (elements.length < 2) return [];
  const stories = elements.flatMap(readStory);
  const titles = new Set(stories.map(({ title }) => letters(title)));
  if (stories.length < 2 || titles.size < stories.length || stories.length < elements.length * MIN_WHOLE)
    return [];
  const lengths = stories.map(({ blocks }) => runningLength(blocks));
  const inside = lengths.reduce((sum, length) => sum + length, 0);
  const total = runningLength(blockParagraphs(body));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const isClear = longest <= inside * MAX_SHARE && inside >= total * (1 - MAX_OUTSIDE);
  return isClear ? stories : [];
}

function readStory(element: DomElement): WholeStory[] {
  const heading = element.querySelector(HEADING);
  const title = oneLine(heading?.textContent ?? '');
  const isMarked =
    element.querySelector(DATE) !== null || heading?.querySelector('a[href^="http"], a[href^="/"]');
  if (title === '' || !isMarked) return [];
  const blocks = blockParagraphs(element);
  const paragraphs = blocks.filter(isRunning).length;
  const isWhole = runningLength(blocks) >= MIN_STORY.text && paragraphs >= MIN_STORY.paragraphs;
  return isWhole ? [{ element, title, blocks }] : [];
}

function outermost(elements: DomElement[]): DomElement[] {
  const all = new Set(elements);
  return elements.filter(({ parentElement }) => {
    for (let each = parentElement; each; each = each.parentElement) if (all.has(each)) return false;
    return true;
  });
}
