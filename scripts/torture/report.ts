import type { TortureReport } from './torture.js';

/** docs/reliability.md: what the torture did and what it found. */
export function reliabilityPage(
  report: TortureReport,
  { machine, date }: { machine: string; date: string },
): string {
  const {
    kills,
    whileStarting,
    childKills,
    acknowledged,
    unanswered,
    searches,
    checked,
    comparisons,
    leftovers,
    wrong,
  } = report;
  const rows = [
    ['kills (SIGKILL)', kills],
    ['of them while the server was starting', whileStarting],
    ['kills of the processes that read, embed and mark', childKills],
    ['writes that were answered: documents put or deleted, imports taken', acknowledged],
    ['writes that a kill left without an answer', unanswered],
    ['searches under way meanwhile', searches],
    ['documents read back after the restarts', checked],
    ['comparisons with an index made anew of the same documents, of 60 searches each', comparisons],
    [
      'times that akin doctor saw what a broken-off upload had left, before a start cleared it away',
      leftovers,
    ],
    ['lost, half there, come back, twice, or found wrongly', wrong.length],
  ];
  return `# Reliability

A server is killed at random instants while two clients put and delete documents, one imports and one searches. It is
started again on the same folder, its jobs go on, and then: every document whose write was answered is there and whole,
none that was deleted is, none is there twice, a write without an answer has happened or has not, \`akin doctor\` finds
nothing, and searches find what they find in an index made anew of the same documents. \`npm run torture\` wrote this page;
ten kills of it are a test.

    npm run torture -- --kills ${kills} --seed ${report.seed}${childKills > 0 ? ' --children' : ''}

| | |
|---|---|
${rows.map(([what, count]) => `| ${what} | ${count?.toLocaleString('en-US')} |`).join('\n')}

It took ${Math.round(report.seconds / 60)} minutes; ${date}, ${machine}.
`;
}
