import { describeDamagedFiles } from './damaged-files.js';

describeDamagedFiles({ cuts: 100, runs: 300 });
