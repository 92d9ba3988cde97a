#!/usr/bin/env node
import { ExitCode } from './exit-code.js';
import { createProgram } from './program.js';
import { run } from './run.js';

// A reader such as `head` may close the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.Done);
  throw error;
});

await run(createProgram(), process.argv.slice(2));
