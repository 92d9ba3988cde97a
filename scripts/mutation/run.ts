/**
 * Mutation testing: changes one thing after another in the files that decide what people see, and tells which changes
 * no test notices. Each file is up against its own tests, test/<folder>/<file>.test.ts.
 *
 *     npm run test:mutation
 *     npm run test:mutation -- src/search/fuse.ts
 */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { mutateNumbers } from './mutate-numbers.js';

const DECIDING = [
  'src/search/fuse.ts',
  'src/search/rank.ts',
  'src/search/score.ts',
  'src/search/fold-versions.ts',
  'src/search/diversify.ts',
  'src/search/best-passages.ts',
  'src/documents/split.ts',
  'src/documents/versions.ts',
];

/** In percent; a run in which a file has less fails. */
const LEAST_SCORE = 85;

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const files = process.argv.length > 2 ? process.argv.slice(2) : DECIDING;
const testFiles = files.map((file) => file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts'));
const without = testFiles.filter((file) => !existsSync(file));
if (without.length > 0) throw new Error(`There are no tests in ${without.join(', ')}.`);

// Not by Stryker's own option of this name: with it Stryker 9.6.1 sets mutants of constants too late, and all survive.
process.env.AKIN_MUTATION_TESTS = testFiles.join(',');
await mutateNumbers();
const mutants = await new Stryker({
  mutate: files,
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  coverageAnalysis: 'perTest',
  // There is no such file: Stryker would rewrite ours by an API that TypeScript 7 does not have.
  tsconfigFile: 'tsconfig.none.json',
  ignorePatterns: ['corpus', 'index', 'dist'],
  tempDirName: join(tmpdir(), 'akin-mutation'),
  reporters: ['dots'],
  concurrency: 2,
  timeoutMS: 30_000,
}).runMutationTest();

const rows = files.map((file) => {
  const own = mutants.filter(({ fileName }) => fileName.endsWith(file));
  const survivors = own.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const killed = own.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const score = (100 * killed) / (killed + survivors.length);
  return { file, killed, survivors, score };
});
for (const { survivors } of rows) for (const mutant of survivors) console.log(described(mutant));
console.table(
  rows.map(({ file, killed, survivors, score }) => ({
    file,
    mutants: killed + survivors.length,
    killed,
    survived: survivors.length,
    'score (%)': Number(score.toFixed(1)),
  })),
);
if (rows.some(({ score }) => score < LEAST_SCORE)) {
  console.error(`A file has less than ${LEAST_SCORE} %.`);
  process.exitCode = 1;
}

function described({ fileName, location, mutatorName, replacement, status }: Mutant): string {
  const { line, column } = location.start;
  const change = (replacement ?? '').replace(/\s+/g, ' ');
  return `${fileName.slice(process.cwd().length + 1)}:${line}:${column} ${mutatorName} → ${change} (${status})`;
}
