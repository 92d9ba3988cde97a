import { defineConfig } from 'vitest/config';
import { NEEDS } from './test/support/needs.js';

/** For Stryker, which cannot name a project. scripts/mutation/run.ts says which tests it runs. */
export default defineConfig({
  test: {
    include: (process.env.AKIN_MUTATION_TESTS ?? 'test/search/fuse.test.ts').split(','),
    // A constant is set as its module is loaded, so it has to be loaded anew for each mutant.
    isolate: true,
    tags: Object.keys(NEEDS).map((name) => ({ name })),
  },
});
