// Writes docs/cli.md from the command line's own definition.
import { writeFileSync } from 'node:fs';
import { cliReference } from './cli-reference.js';

writeFileSync(new URL('../docs/cli.md', import.meta.url), cliReference());
