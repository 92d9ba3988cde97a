import { defineConfig, type UserWorkspaceConfig } from 'vitest/config';
import { NEEDS } from './test/support/needs.js';
import { SkippedReporter } from './test/support/skipped-reporter.js';

/** What a test is, by the end of its file's name; all others are unit tests. See docs/testing.md. */
const SUFFIXES = ['integration', 'shared', 'nightly'];
const globalSetup = 'test/support/corpus-index.ts';
const suffixed = (suffix: string): string => `test/**/*.${suffix}.test.ts`;

/** Of every project; `extends` would evaluate this file once for each. */
const common = {
  pool: 'forks',
  // Only what hangs ends here: a busy machine is no failure.
  testTimeout: 180_000,
  hookTimeout: 240_000,
  tags: Object.entries(NEEDS).map(([name, { what, isMet }]) => ({
    name,
    description: what,
    // Of a test with several tags, one that is met must not undo what another says.
    ...(isMet() ? {} : { skip: true }),
  })),
} satisfies UserWorkspaceConfig['test'];

export default defineConfig({
  test: {
    // Two cores are what Akin is made for, and vitest would leave one of them alone.
    maxWorkers: 2,
    // What a run has transpiled the next one finds: a tenth of the time of the unit tests.
    experimental: { fsModuleCache: true },
    reporters: ['default', new SkippedReporter()],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          // Pure parts share nothing that one test could leave to another; loading the parsers once halves the time.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...SUFFIXES.map(suffixed)],
        },
      },
      {
        test: {
          ...common,
          name: 'integration',
          // They share what takes long to start: an engine, and PostgreSQL from npm, one of each a worker.
          isolate: false,
          include: [suffixed('integration')],
          globalSetup,
          // A worker ends, and what it shares with it, where the next file is of another project.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          globalSetup,
          include: ['test/e2e/**/*.test.ts'],
          exclude: SUFFIXES.map(suffixed),
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...common,
          name: 'shared',
          globalSetup,
          include: [suffixed('shared')],
          sequence: { groupOrder: 3 },
        },
      },
      {
        // Long by nature; some measure memory, or load the machine as much as they can.
        test: {
          ...common,
          name: 'nightly',
          globalSetup,
          include: [suffixed('nightly')],
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
