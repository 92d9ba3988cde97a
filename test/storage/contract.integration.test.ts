import { openFolder } from '../contract/opened-index.js';
import { describeStoredIndex } from '../contract/stored-index.js';

describeStoredIndex('an index in a folder', openFolder);
