import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { NEEDS, type Need } from './needs.js';

const needs: Record<string, Need> = NEEDS;

/**
 * Ends a run with a summary of what was skipped: how many tests, what they need, and how to get it. With
 * `AKIN_TEST_MAY_SKIP` (names of needs, comma-separated) a run in which anything else was skipped fails.
 */
export class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = new Map<string, TestCase[]>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const missing = test.tags.find((tag) => needs[tag]?.isMet() === false) ?? 'nothing that is named';
        const others = skipped.get(missing);
        if (others) others.push(test);
        else skipped.set(missing, [test]);
      }
    }
    for (const [name, tests] of skipped) console.log(` ${lineOf(name, tests)}`);
    const allowed = process.env.AKIN_TEST_MAY_SKIP?.split(',');
    const wrong = [...skipped].filter(([name]) => allowed && !allowed.includes(name));
    if (wrong.length === 0) return;
    for (const test of wrong.flatMap(([, tests]) => tests))
      console.error(` Skipped, but must not be here: ${test.fullName} (${test.module.relativeModuleId})`);
    process.exitCode = 1;
  }
}

function lineOf(name: string, tests: TestCase[]): string {
  const need = needs[name];
  const files = new Set(tests.map(({ module }) => module.relativeModuleId));
  const count = `${tests.length} ${tests.length === 1 ? 'test' : 'tests'} in ${[...files].join(', ')}`;
  return need
    ? `Skipped without ${need.what}: ${count}. To run: ${need.how}.`
    : `Skipped for no named need: ${count}.`;
}
