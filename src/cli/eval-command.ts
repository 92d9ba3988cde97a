import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Evaluation } from '../evaluation/evaluate.js';
import { evaluationTable } from '../evaluation/report.js';
import { ExitCode } from './exit-code.js';
import { openingProgress, progressLine } from './progress.js';
import { configOf, formatOf, print } from './session.js';

/** `akin eval DATASET…` */
export function evalCommand(): Command {
  return new Command('eval')
    .description(
      'measure the search on collections with judged queries (BEIR layout), each in an index of its own',
    )
    .argument('<dataset...>', 'folders with corpus.jsonl, queries.jsonl and qrels.tsv')
    .action(async (folders: string[], _options: object, command: Command) => {
      const evaluations: Evaluation[] = [];
      const show = progressLine();
      for (const folder of folders) evaluations.push(await evaluateFolder(folder, command, show));
      show('', { last: true });
      print(formatOf(command), {
        whole: { evaluations },
        parts: evaluations,
        human: () => evaluationTable(evaluations),
      });
      process.exitCode = ExitCode.Done;
    });
}

async function evaluateFolder(
  folder: string,
  command: Command,
  show: (text: string) => void,
): Promise<Evaluation> {
  const { readDataset } = await import('../evaluation/dataset.js');
  const { evaluate } = await import('../evaluation/evaluate.js');
  const { Engine } = await import('../engine.js');
  const dataset = await readDataset(folder);
  const index = await mkdtemp(join(tmpdir(), 'akin-eval-'));
  try {
    const config = { ...configOf(command), index };
    const engine = await Engine.open({ config, ...openingProgress() });
    try {
      return await evaluate(engine, dataset, show);
    } finally {
      await engine.close();
    }
  } finally {
    await rm(index, { recursive: true, force: true });
  }
}
