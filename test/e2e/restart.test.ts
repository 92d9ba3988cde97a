import { it } from 'vitest';
import { breakOffAnImport } from './broken-off-import.js';

it('an import that SIGKILL breaks off goes on with the next start, and loses and doubles nothing', () =>
  breakOffAnImport('SIGKILL'));
