import { Command } from 'commander';
import { type Latency, measureLatencies } from '../evaluation/latency.js';
import { ExitCode } from './exit-code.js';
import { wholeNumber } from './option-values.js';
import { type InSession, print } from './session.js';

const QUESTIONS = 200;

/** `akin bench` */
export function benchCommand(inSession: InSession): Command {
  return new Command('bench')
    .description('measure how long this index takes to answer, by sentences out of its own documents')
    .option('--questions <n>', 'how many of each kind', wholeNumber, QUESTIONS)
    .action(({ questions }: { questions: number }, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const { documents, passages } = await akin.stats();
        const latencies = await measureLatencies(akin, questions);
        print(format, {
          whole: { documents, passages, latencies },
          parts: latencies,
          human: () => [`${documents} documents, ${passages} passages`, ...tableOf(latencies)].join('\n'),
        });
        return ExitCode.Done;
      }),
    );
}

function tableOf(latencies: Latency[]): string[] {
  const header = ['', 'times', 'median', '95 of 100', '99 of 100'];
  const rows = latencies.map(({ request, times, median, p95, p99 }) => [
    request,
    String(times),
    ...[median, p95, p99].map((ms) => `${ms.toFixed(1)} ms`),
  ]);
  return [header, ...rows].map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(10) : cell.padStart(11))).join(''),
  );
}
