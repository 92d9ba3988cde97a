const STORY = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp';
/** Two documents that a key for the source “Desk” lets through, and two of the same story that it hides. */
export const FERRY_NEWS = [
  {
    id: 'open-ferry',
    title: 'Ferry to Sandholm turns back',
    source: 'Desk',
    url: 'https://news.test/ferry',
    publishedAt: '2025-05-01',
    text: `${STORY}. Nobody was hurt, and the passengers slept in the school of the harbour town.`,
    metadata: {
      related_links: [
        { title: 'Ramp was never checked', url: 'https://news.test/ramp' },
        { title: 'Ferry to Sandholm sails again', url: 'https://news.test/again' },
      ],
    },
  },
  {
    id: 'open-again',
    title: 'Ferry to Sandholm sails again',
    source: 'Desk',
    url: 'https://news.test/again',
    publishedAt: '2025-05-03',
    text: 'The Sandholm ferry, which had to turn back in the storm when a wave broke its ramp, sails again. Its ramp was welded.',
  },
  {
    id: 'hidden-ramp',
    title: 'Ramp was never checked',
    source: 'Board',
    url: 'https://news.test/ramp',
    publishedAt: '2025-05-02',
    text: 'The ramp of the Sandholm ferry, which a wave broke in the storm so that it turned back, was never checked, says a secret memo.',
  },
  {
    id: 'hidden-copy',
    title: 'Ferry turns back (draft)',
    source: 'Board',
    publishedAt: '2025-05-01',
    text: `${STORY}. Nobody was hurt, and the passengers slept in the school of the harbour town. Draft.`,
  },
];
