import { parseFeed as readFeed } from 'feedsmith';
import { AkinError, errorMessage } from '../../errors.js';
import type { ParsedDocument } from '../../types.js';
import type { ReadBudget } from '../containers/budget.js';
import { collectParts, type ReadDocuments } from '../containers/parts.js';
import { readDate } from '../dates.js';
import { readLanguageTag, readTags, unknownFields } from '../fields.js';
import { normaliseText, oneLineOrNull } from '../normalise.js';
import { type FeedEntry, type FeedFacts, factsOfFeed } from './feed-entries.js';
import { fragmentParagraphs } from './html-blocks.js';
import { textOfBlocks, wholeBlocks } from './whole-html.js';
import { withoutDoctype } from './xml-source.js';

/**
 * The documents of an RSS, RDF or Atom feed, one for each entry: its fullest text, or its title where it has none.
 *
 * @throws AkinError DAMAGED_FILE
 */
export async function parseFeed(source: string, name: string, budget: ReadBudget): Promise<ReadDocuments> {
  const feed = feedOf(source);
  return collectParts(
    budget.firstParts(feed.entries).map((entry, index) => ({
      item: `${name}#${index + 1}`,
      read: () => {
        budget.checkParts(index + 1);
        return { documents: [documentOf(entry, feed)], failures: [] };
      },
    })),
  );
}

function feedOf(source: string): FeedFacts {
  try {
    return factsOfFeed(readFeed(withoutDoctype(normaliseText(source))));
  } catch (error) {
    const message = `The feed can't be read (${errorMessage(error)}): download it anew.`;
    throw new AkinError('DAMAGED_FILE', message, { cause: error });
  }
}

function documentOf(entry: FeedEntry, feed: FeedFacts): ParsedDocument {
  const title = lineOf(entry.title);
  const blocks = entry.texts.map(wholeBlocks).find((each) => each.length > 0) ?? [];
  const text = blocks.length > 0 ? textOfBlocks(blocks) : { text: title ?? '', headings: [] };
  const date = entry.dates.flatMap((value) => readDate(value) ?? [])[0];
  return {
    ...unknownFields(),
    title,
    url: entry.links.find((link) => /^https?:\/\//i.test(link)) ?? null,
    source: lineOf(feed.title),
    author: entry.authors.flatMap((author) => lineOf(author) ?? []).join(', ') || null,
    publishedAt: date ?? null,
    language: readLanguageTag(feed.language),
    tags: readTags(entry.tags),
    ...text,
    pages: [],
  };
}

/** A title or a name may have markup in it. */
function lineOf(html: string | undefined): string | null {
  return html === undefined ? null : oneLineOrNull(fragmentParagraphs(html).join(' '));
}
