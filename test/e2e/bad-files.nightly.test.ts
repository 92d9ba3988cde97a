import { describeBadFiles } from './bad-files.js';

describeBadFiles('alone');
