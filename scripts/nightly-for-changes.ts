// Runs the nightly tests that are about what has changed since a commit: tsx scripts/nightly-for-changes.ts [COMMIT].
// Without one, since a day before the last commit.
import { execFileSync, spawnSync } from 'node:child_process';
import { nightlyFor } from '../test/support/nightly.js';

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The commit that is named, where there is one; of a new branch, CI names one that there is not. */
const named = (process.argv[2] ?? '').replace(/^0+$/, '');
const last = Number(git('log', '-1', '--format=%ct'));
const emptyTree = git('hash-object', '-t', 'tree', '/dev/null');
const since = named || git('rev-list', '-1', `--before=${last - 86_400}`, 'HEAD') || emptyTree;
const tests = nightlyFor(git('diff', '--name-only', since, 'HEAD').split('\n'));
if (tests.length === 0) {
  console.log(`No nightly test is about what has changed since ${since}.`);
  process.exit();
}
console.log(`Nightly tests about what has changed since ${since}:\n  ${tests.join('\n  ')}`);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'nightly', ...tests], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
