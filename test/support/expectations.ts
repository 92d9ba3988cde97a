import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/process.js';

/** What the sample corpus answers, written down before anything was searched: see scripts/README.md. */
export const EXPECTATIONS = JSON.parse(readFileSync(join(ROOT, 'test/e2e/expectations.json'), 'utf8')) as {
  questions: { query: string; documents: string[]; answer: string }[];
  related: { document: string; expect: string[]; never: string[] }[];
  unanswerable: string[];
  counts: { files: number; documents: number };
  nearDuplicates: [string, string][];
  scraped: { file: string; titles: string[]; furniture: string[] };
  html: { furniture: string[] };
};
