import { z } from 'zod';
import type { Story, StoryPage } from '../../../stories/story.js';
import { documentSummary } from './documents.js';

export const story = z.strictObject({
  id: z.string().describe('That of its first document.'),
  title: z.string().nullable().describe('The title of its most central document.'),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  documents: z
    .array(documentSummary.pick({ id: true, title: true, url: true, source: true, publishedAt: true }))
    .describe('In the order in which they were published.'),
}) satisfies z.ZodType<Story>;

export const storyPage = z.strictObject({
  stories: z.array(story).describe('The newest first.'),
  nextCursor: z.string().nullable().describe('For the next page; null at the end.'),
}) satisfies z.ZodType<StoryPage>;

export const storyAnswer = z.strictObject({
  story: story.nullable().describe('Null where the document stands alone.'),
});
