import { defineConfig } from 'vitest/config';

/**
 * unit: pure parts from src/, in seconds, without the model, the database or the HNSW library.
 * integration: those three as they are. e2e: the built program as processes, over HTTP, the shell and a browser.
 */
export default defineConfig({
  test: {
    pool: 'forks',
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
        // Each file starts servers that embed: one at a time leaves them the processor.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
