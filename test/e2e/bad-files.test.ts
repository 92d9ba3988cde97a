import { describeBadFiles } from './bad-files.js';

describeBadFiles('through a server');
