import { describeJourney } from './journey.js';

// What a rule says of one width or scheme it says of the other; the other two pairs are looked at by night.
describeJourney([
  ['wide', 'light'],
  ['narrow', 'dark'],
]);
