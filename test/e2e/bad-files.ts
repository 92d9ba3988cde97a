import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, SearchAnswer } from '../../src/index.js';
import { FORBIDDEN, makeBadFiles, REFUSED, TAKEN } from '../support/bad-files.js';
import { ROOT, type RunResult, temporaryFolder } from './process.js';

const folder = temporaryFolder();
const documents = join(folder.path, 'documents');
beforeAll(async () => {
  mkdirSync(documents);
  await makeBadFiles(documents);
});
afterAll(() => {
  chmodSync(join(documents, 'forbidden'), 0o700);
  folder.remove();
});

/** What akin ingest says of such a folder, in a process that opens the index itself or through a server. */
export function describeBadFiles(how: 'alone' | 'through a server'): void {
  describe(`akin ingest of a folder with bad files in it, ${how}`, () => {
    const asUser = userWithoutPrivileges(join(folder.path, how));
    let first: RunResult;
    let job: Job;
    let stop = async (): Promise<unknown> => undefined;

    beforeAll(async () => {
      if (how === 'through a server') stop = await serveAs(asUser);
      first = await asUser(['ingest', documents, '--json']);
      job = JSON.parse(first.stdout);
    });
    afterAll(() => stop());

    it.each([...REFUSED, ...FORBIDDEN])('reports %s (%s) with its code and the reason', (...row) => {
      const [, item, code, reason] = row;
      expect(job.errors.filter((error) => error.item === item)).toEqual([
        { item, code, detail: expect.stringContaining(reason) },
      ]);
      expect(first.stderr.split('\n').filter((line) => line.startsWith(`${item}: `))).toEqual([
        expect.stringMatching(new RegExp(`${reason}.* \\[${code}\\]$`)),
      ]);
    });

    it('reports nothing else, and ends with status 1', () => {
      expect(job.errors).toHaveLength(REFUSED.length + FORBIDDEN.length);
      expect(job.status).toBe('partial');
      expect(job.counts).toMatchObject({ created: TAKEN.length, failed: job.errors.length });
      expect(first.status).toBe(1);
    });

    it('takes the rest', async () => {
      const listed = await asUser(['list', '--json']);
      const ids = (JSON.parse(listed.stdout) as { documents: { id: string }[] }).documents.map(
        ({ id }) => id,
      );
      expect(ids.sort()).toEqual(TAKEN.map(([id]) => id).sort());
      const [id, query] = TAKEN[0];
      const { status, stdout } = await asUser(['search', query, '--json']);
      expect(status).toBe(0);
      expect((JSON.parse(stdout) as SearchAnswer).hits[0]?.document.id).toBe(id);
    });

    it('reports the same when it is run again, and reads no good file anew', async () => {
      const again = await asUser(['ingest', documents, '--json']);
      expect(again.status).toBe(1);
      const { errors, counts }: Job = JSON.parse(again.stdout);
      expect(errors).toEqual(job.errors);
      expect(counts).toMatchObject({ created: 0, updated: 0, unchanged: TAKEN.length });
    });

    it('says in words what was taken and what was not, and that a path is not there', async () => {
      const { status, stdout, stderr } = await asUser(['ingest', join(documents, 'empty.txt')]);
      expect(status).toBe(1);
      expect(stdout).toContain('1 could not be taken');
      expect(stderr).toMatch(/^empty\.txt: .+ \[EMPTY_FILE\]$/m);
      const missing = await asUser(['ingest', join(documents, 'nowhere')]);
      expect(missing.status).toBe(1);
      expect(missing.stderr).toMatch(/nowhere.*\[PATH_NOT_FOUND\]/);
    });
  });
}

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `akin` as a user, also where root runs the tests, who may read everything. */
interface User {
  (args: string[]): Promise<RunResult>;
  start(args: string[]): Program;
}

function userWithoutPrivileges(index: string): User {
  const [command = '', ...before] = [
    ...(process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all'] : []),
    process.execPath,
    join(ROOT, 'dist', 'cli', 'main.js'),
  ];
  const start = (args: string[]): Program =>
    spawn(command, [...before, ...args], {
      env: { ...process.env, AKIN_INDEX: index },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (args: string[]): Promise<RunResult> => {
    const child = start(args);
    const closed = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await closed;
    return { status, stdout, stderr };
  };
  return Object.assign(run, { start });
}

/** Starts a user's server and waits until it holds the index; gives what ends it. */
async function serveAs(user: User): Promise<() => Promise<unknown>> {
  const child = user.start(['serve', '--port', '0']);
  const closed = once(child, 'close');
  child.stderr.resume();
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (words) => String(words).includes('Akin serves') && resolve());
    child.once('exit', (status) => reject(new Error(`akin serve ended with ${status}`)));
  });
  return () => {
    child.kill();
    return closed;
  };
}
