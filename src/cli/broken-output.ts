import { ExitCode } from './exit-code.js';

/** Ends a command, successfully, when its reader has closed the pipe, as `head` does. */
export function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(ExitCode.Done);
  throw error;
}

/** Keeps the process running whatever becomes of its output: a server is there for its clients. */
export function outliveReader(): void {
  process.stdout.off('error', endWithReader);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
