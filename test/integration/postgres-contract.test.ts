import { openDatabase } from '../contract/opened-index.js';
import { describeStoredIndex } from '../contract/stored-index.js';

describeStoredIndex('an index on a PostgreSQL server', openDatabase);
