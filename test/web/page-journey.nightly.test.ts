import { describeJourney } from './journey.js';

describeJourney([
  ['wide', 'dark'],
  ['narrow', 'light'],
]);
