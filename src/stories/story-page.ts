import { z } from 'zod';
import { AkinError } from '../errors.js';
import type { Story, StoryPage } from './story.js';

const MOST_STORIES = 1_000;

const date = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no date; write it as 2025-07-16');

/** A list of stories as a caller may ask for it. */
export const storiesRequest = z.strictObject({
  limit: z.int().min(1).max(MOST_STORIES).default(20).describe('How many stories, at most.'),
  cursor: z.string().optional().describe('nextCursor of the page before. Left out: the first page.'),
  from: date.optional().describe('Only stories that went on at this date or later.'),
  to: date.optional().describe('Only stories that had begun by this date.'),
});

export type StoriesRequest = z.output<typeof storiesRequest>;
export type StoriesInput = z.input<typeof storiesRequest>;

/**
 * A page of stories, in their order. With `from` or `to` a story without dates is left out.
 * @throws AkinError INVALID_REQUEST for a cursor that is none
 */
export function pageOfStories(stories: Story[], { limit, cursor, from, to }: StoriesRequest): StoryPage {
  const matching = stories.filter(
    ({ firstAt, lastAt }) =>
      (from === undefined || isUpTo(from, lastAt)) && (to === undefined || isUpTo(firstAt, to)),
  );
  const start = cursor === undefined ? 0 : placeBehind(cursor, matching);
  const page = matching.slice(start, start + limit);
  const last = start + limit < matching.length ? page.at(-1) : undefined;
  return { stories: page, nextCursor: last ? last.id : null };
}

function isUpTo(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && Date.parse(one) <= Date.parse(other);
}

function placeBehind(cursor: string, stories: Story[]): number {
  const place = stories.findIndex(({ id }) => id === cursor);
  if (place >= 0) return place + 1;
  throw new AkinError(
    'INVALID_REQUEST',
    'The cursor is none that a list of stories gave as nextCursor, or its story is gone. Start again without it.',
  );
}
