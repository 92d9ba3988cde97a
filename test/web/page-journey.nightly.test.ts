import { describeJourney } from './journey.js';

describeJourney([
  ['wide', 'light'],
  ['wide', 'dark'],
  ['narrow', 'light'],
  ['narrow', 'dark'],
]);
