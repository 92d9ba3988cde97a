/** Runs one benchmark for bench.ts and sends it the figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCHMARKS } from './benchmarks.js';

const [name = '', data = '', seed = '1'] = process.argv.slice(2);
const benchmark = await BENCHMARKS[name]?.();
if (!benchmark) throw new Error(`There is no benchmark "${name}".`);
const scratch = mkdtempSync(join(tmpdir(), 'akin-bench-'));
try {
  const figures = await benchmark.run({ data, scratch, seed: Number(seed) });
  process.send?.({ measures: benchmark.measures, data: benchmark.data, figures });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.disconnect?.();
