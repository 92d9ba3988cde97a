import { storiesRequest } from '../../stories/story-page.js';
import { storyAnswer, storyPage } from './answers/stories.js';
import { json, type Operation } from './operation.js';

const tag = 'Stories';

/** Stories: documents about one event. */
export const storyOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v1/stories',
    id: 'listStories',
    tag,
    summary: 'Events that several documents tell of',
    query: storiesRequest,
    answers: { 200: { description: 'A page.', content: json('StoryPage', storyPage) } },
    failures: ['ANSWER_TOO_LARGE'],
    revalidates: true,
    example: { query: { limit: '5' } },
  },
  {
    method: 'GET',
    path: '/v1/documents/:id/story',
    id: 'getStory',
    tag,
    summary: 'The story that a document belongs to',
    answers: { 200: { description: 'The story.', content: json('StoryAnswer', storyAnswer) } },
    failures: ['DOCUMENT_NOT_FOUND'],
    revalidates: true,
    example: { path: { id: 'energy/tidal-gate-opens.md' } },
  },
];
