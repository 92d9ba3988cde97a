import { ExitCode } from './exit-code.js';

/** Ends a command whose reader, such as `head`, has read enough; that is no failure. */
export function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(ExitCode.Done);
  throw error;
}

/** Has the process go on whatever becomes of its output: a server is there for its clients. */
export function outliveReader(): void {
  process.stdout.off('error', endWithReader);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
