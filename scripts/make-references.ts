// Writes docs/cli.md and docs/configuration.md from what the program itself says of its commands and settings.
import { writeFileSync } from 'node:fs';
import { cliReference } from './cli-reference.js';
import { configurationReference } from './configuration-reference.js';

writeFileSync(new URL('../docs/cli.md', import.meta.url), cliReference());
writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationReference());
