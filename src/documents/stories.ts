import { type Body, isWholeStory, readBody } from './scraped/bodies.js';
import { findHeaders, type Header } from './scraped/headers.js';
import { type Line, readLines } from './scraped/lines.js';

/** One story of a page. What the page doesn't say is null. */
export interface Story {
  title: string;
  source: string | null;
  author: string | null;
  /** ISO 8601, where the page has a date. */
  publishedAt: string | null;
  /** The page's own words for how old the story was when it was saved: `12 hours ago`. */
  age: string | null;
  text: string;
}

/** A news page that was saved as text: the stories that are on it whole, the main one first. */
export interface ScrapedPage {
  stories: [Story, ...Story[]];
  /** The headlines that the page shows beside its main story, whether their stories are on it or not. */
  related: { title: string }[];
}

/** Signs of a scraped page count so much each; a page has at least so many in all. */
const WEIGHT = { repeatedHeadline: 2, age: 2, byline: 1, relatedLabel: 2, furniture: 1 };
const MAX_FURNITURE_WEIGHT = 3;
const MIN_WEIGHT = 5;

/**
 * Reads a news page that was copied or scraped as plain text: headlines (often twice), bylines glued to ages,
 * the site's furniture, and whole related stories under the main one. Decides by structure: a headline is a
 * line that is repeated nearby or has a byline or an age under it, a story is what follows up to the next.
 *
 * @returns null for any other text: when in doubt, a text is no such page.
 */
export function readStories(text: string): ScrapedPage | null {
  const lines = readLines(text);
  const headers = findHeaders(lines);
  if (headers.length === 0 || !isScraped(lines, headers)) return null;
  const parts = headers.map((header, i) => {
    const body = readBody(lines.slice(header.bodyStart, headers[i + 1]?.start ?? lines.length));
    return { header, body, story: storyOf(header, body) };
  });
  const [main, ...others] = parts.filter(({ story }) => isWholeStory(story.text)).map(({ story }) => story);
  if (!main) return null;
  const titles = parts.flatMap(({ story, body }) => [story.title, ...body.pointedTitles]);
  return { stories: [main, ...withoutRepeats(others, main)], related: relatedTitles(titles, main.title) };
}

function storyOf(header: Header, body: Body): Story {
  const { title, source = null, author = null, publishedAt = null, age = null, standfirst } = header;
  const isTeaser = standfirst === null || /(?:\.{3}|…)$/.test(standfirst) || body.text.startsWith(standfirst);
  const text = isTeaser || body.text === '' ? body.text : `${standfirst}\n\n${body.text}`;
  return { title, source, author, publishedAt, age, text };
}

function isScraped(lines: Line[], headers: Header[]): boolean {
  const repeated = headers.filter(({ isRepeated }) => isRepeated).length;
  const kinds = new Set(
    lines.filter(({ kind }) => kind !== 'sentence' && kind !== 'short').map(({ kind }) => kind),
  );
  const hasLabel = kinds.has('related');
  const furniture = lines.filter(
    ({ kind }) => kind === 'furniture' || kind === 'promotion' || kind === 'comments',
  );
  const distinct = new Set(furniture.map(({ key }) => key)).size;
  const headerWeight = headers.reduce((sum, { isRepeated, age, author, publishedAt }) => {
    const when = age ? WEIGHT.age : author || publishedAt ? WEIGHT.byline : 0;
    return sum + when + (isRepeated ? WEIGHT.repeatedHeadline : 0);
  }, 0);
  const pageWeight =
    (hasLabel ? WEIGHT.relatedLabel : 0) + Math.min(MAX_FURNITURE_WEIGHT, distinct * WEIGHT.furniture);
  const isPage = repeated > 1 || hasLabel || distinct > 0;
  return (
    (repeated > 0 || hasLabel || distinct > 1) &&
    isPage &&
    headerWeight > 0 &&
    headerWeight + pageWeight >= MIN_WEIGHT
  );
}

function withoutRepeats(stories: Story[], main: Story): Story[] {
  const seen = new Set([main.title]);
  return stories.filter(({ title }) => !seen.has(title) && seen.add(title));
}

function relatedTitles(titles: string[], mainTitle: string): { title: string }[] {
  return [...new Set(titles)].filter((title) => title !== mainTitle).map((title) => ({ title }));
}
