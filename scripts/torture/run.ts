/**
 * Kills a server at random instants under load, and writes what came of it to docs/reliability.md.
 *
 *     npm run torture -- [--kills 200] [--seed 1] [--children]
 *
 * `--children` also kills the processes that read, embed and mark, while the server goes on.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reliabilityPage } from './report.js';
import { torture } from './torture.js';

const page = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    children: { type: 'boolean', default: false },
  },
});
let told = 0;
const folder = mkdtempSync(join(tmpdir(), 'akin-torture-'));
const report = await torture({
  kills: Number(values.kills),
  seed: Number(values.seed),
  folder,
  killsChildren: values.children,
  onKill: (kill, { wrong }) => {
    for (const what of wrong.slice(told)) console.error(what);
    told = wrong.length;
    console.log(`${kill} kills, ${wrong.length} wrong`);
  },
});
for (const what of report.wrong.slice(told)) console.error(what);
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
const written = reliabilityPage(report, { machine, date: new Date().toISOString().slice(0, 10) });
writeFileSync(page, written);
console.log(written);
if (report.wrong.length === 0) rmSync(folder, { recursive: true });
else console.error(`The index is left in ${folder}.`);
process.exitCode = report.wrong.length === 0 ? 0 : 1;
