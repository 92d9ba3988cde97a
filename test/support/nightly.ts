/**
 * What each nightly test is about: where one of these files and folders has changed, CI runs it before the night comes.
 * Its own file and what it imports from test/ count too.
 */
export const NIGHTLY: Record<string, string[]> = {
  'test/documents/damaged.nightly.test.ts': ['src/documents/'],
  'test/documents/hostile-pages.nightly.test.ts': ['src/documents/page/', 'src/documents/parsers/'],
  'test/documents/pdf-ocr.nightly.test.ts': ['src/documents/parsers/pdf/', 'src/documents/parsers/pdf.ts'],
  'test/e2e/bad-files.nightly.test.ts': ['src/ingest/', 'src/documents/', 'src/cli/'],
  'test/e2e/concurrency.nightly.test.ts': ['src/ingest/', 'src/storage/', 'scripts/torture/'],
  'test/e2e/damage.nightly.test.ts': ['src/storage/', 'src/maintenance/', 'src/backup/'],
  'test/e2e/eval.nightly.test.ts': ['src/evaluation/', 'src/cli/eval-command.ts'],
  'test/e2e/fuzz.nightly.test.ts': [
    'src/http/',
    'test/http/hostile-requests.ts',
    'test/http/hostile-filters.ts',
    'test/http/hostile-values.ts',
    'test/http/hostile-answers.ts',
  ],
  'test/e2e/hardship.nightly.test.ts': ['src/ingest/', 'src/storage/', 'src/http/', 'src/durable-file.ts'],
  'test/e2e/ingest.nightly.test.ts': ['src/ingest/', 'src/cli/ingest-command.ts', 'src/client/'],
  'test/e2e/memory.nightly.test.ts': ['src/documents/', 'src/ingest/', 'src/embedding/', 'src/workers/'],
  'test/e2e/package.nightly.test.ts': [
    'package.json',
    'package-lock.json',
    'scripts/shrinkwrap.mjs',
    'scripts/build.mjs',
  ],
  'test/e2e/reader-limits.nightly.test.ts': ['src/documents/reader.ts', 'src/workers/'],
  'test/e2e/reembed.nightly.test.ts': ['src/maintenance/', 'src/embedding/'],
  'test/e2e/restart.nightly.test.ts': ['src/ingest/', 'src/storage/', 'src/workers/'],
  'test/e2e/shared-database.nightly.test.ts': ['src/postgres/', 'src/migration/', 'test/postgres/'],
  'test/e2e/shutdown.nightly.test.ts': ['src/cli/', 'src/ingest/', 'src/engine.ts'],
  'test/e2e/torture.nightly.test.ts': [
    'src/ingest/',
    'src/keyword-index/',
    'src/storage/',
    'src/vector-index/',
    'src/workers/',
    'scripts/torture/',
  ],
  'test/e2e/upkeep.nightly.test.ts': ['src/maintenance/', 'src/vector-index/', 'src/storage/'],
  'test/http/reference-page.nightly.test.ts': [
    'src/reference/',
    'src/http/reference-page.ts',
    'src/http/openapi/',
  ],
  'test/maintenance/reembed.nightly.test.ts': ['src/maintenance/', 'src/embedding/'],
  'test/postgres/plans.nightly.test.ts': ['src/postgres/', 'src/filter.ts'],
  'test/postgres/same-answers.nightly.test.ts': [
    'src/postgres/',
    'src/storage/',
    'src/search/',
    'src/keyword-index/',
  ],
  'test/search/same-answers.nightly.test.ts': [
    'src/documents/',
    'src/ingest/',
    'src/search/',
    'src/keyword-index/',
    'src/vector-index/',
  ],
  'test/storage/damage.nightly.test.ts': ['src/storage/', 'src/vector-index/', 'src/maintenance/'],
  'test/web/page-journey.nightly.test.ts': ['src/web/', 'test/web/journey.ts', 'test/web/journey-steps.ts'],
};

/** The nightly tests that some changed files, paths from the root of the checkout, call for. */
export function nightlyFor(changed: string[]): string[] {
  return Object.entries(NIGHTLY)
    .filter(([test, about]) =>
      changed.some((path) => path === test || about.some((one) => path.startsWith(one))),
    )
    .map(([test]) => test);
}
