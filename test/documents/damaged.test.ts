import { describeDamagedFiles } from './damaged-files.js';

describeDamagedFiles({ cuts: 6, runs: 6 });
