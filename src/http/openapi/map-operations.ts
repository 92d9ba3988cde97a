import { drawnMap, mapInTheMaking } from './answers/map.js';
import { json, type Operation } from './operation.js';

/** The map. */
export const mapOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v1/map',
    id: 'getMap',
    tag: 'Map',
    summary: 'All documents, laid out by what they are about',
    description:
      'Related documents lie near to each other. It is drawn when it is first asked for; ask again.',
    answers: {
      200: { description: 'The map.', content: json('Map', drawnMap) },
      202: { description: 'It is being drawn.', content: json('MapInTheMaking', mapInTheMaking) },
    },
  },
];
