import { defineConfig } from 'vitest/config';

const ALONE = ['memory', 'reader-limits', 'torture'].map((name) => `test/e2e/${name}.test.ts`);

/**
 * unit: pure parts from src/, in seconds, without the model, the database or the HNSW library.
 * integration: those three as they are. e2e: the built program as processes, over HTTP, the shell and a browser;
 * alone: those of them that stand no others beside them.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores are what Akin is made for, and vitest would leave one of them alone.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Pure parts share nothing that one test could leave to another; loading the parsers once halves the time.
          isolate: false,
          // A busy machine is no failure: only what hangs ends here.
          testTimeout: 60_000,
          include: ['test/unit/**/*.test.ts', 'test/documents/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Each file starts servers that embed; while one waits for its server, another may have the processor.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ALONE,
          testTimeout: 180_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // These measure memory, or load the machine as much as they can.
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 180_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
