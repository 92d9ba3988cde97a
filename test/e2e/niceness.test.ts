import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFor } from '../../scripts/database-for-tests.js';
import { folderForTest, ROOT } from './process.js';

it('ingests under nice, for a user who may not raise priorities again', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  writeFileSync(join(corpus, 'heron.txt'), 'The heron stands on the weir below the mill.');
  const [command = '', ...args] = [
    ...(process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all'] : []),
    ...['nice', '-n', '10', process.execPath, join(ROOT, 'dist', 'cli', 'main.js')],
    ...['--index', index, '--json', 'ingest', corpus],
  ];
  const child = spawn(command, args, {
    env: { ...process.env, ...databaseFor(index) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  expect(JSON.parse(await text(child.stdout)).counts).toMatchObject({ created: 1, failed: 0 });
  expect((await closed)[0]).toBe(0);
});
