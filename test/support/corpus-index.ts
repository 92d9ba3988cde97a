import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an index of the sample corpus. It is copied, never opened. */
    corpusIndex: string;
  }
}

let index: string | undefined;

/** Brings the sample corpus into an index once for all tests: it takes ten seconds of processor time. */
export function setup({ provide }: TestProject): void {
  if (!index) {
    index = mkdtempSync(join(tmpdir(), 'akin-corpus-'));
    const akin = join(ROOT, 'dist', 'cli', 'main.js');
    execFileSync(process.execPath, [akin, 'ingest', '--index', index, join(ROOT, 'corpus')], {
      stdio: 'ignore',
    });
  }
  provide('corpusIndex', index);
}

export function teardown(): void {
  if (index) rmSync(index, { recursive: true, force: true });
  index = undefined;
}
