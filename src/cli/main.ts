#!/usr/bin/env node
import { endWithReader } from './broken-output.js';
import { createProgram } from './program.js';
import { run } from './run.js';

process.stdout.on('error', endWithReader);

await run(createProgram(), process.argv.slice(2));
