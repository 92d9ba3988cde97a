import type { NewDocument } from '../../src/client/index.js';

export const FERRY = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp';
export const REPORT = `${FERRY}. Nobody was hurt, and the passengers slept in the school of the harbour town.`;
export const FERRY_DOCUMENTS: NewDocument[] = [
  {
    id: 'a/ferry',
    title: 'Ferry to Sandholm turns back',
    source: 'Desk',
    publishedAt: '2025-05-01',
    text: REPORT,
  },
  {
    id: 'again',
    title: 'Ferry to Sandholm sails again',
    source: 'Desk',
    publishedAt: '2025-05-03',
    text: 'The Sandholm ferry, which had to turn back in the storm when a wave broke its ramp, sails again. Its ramp was welded.',
  },
  { id: 'bees', title: 'Bees', source: 'Notes', tags: ['bees'], text: 'He keeps bees behind the church.' },
];
