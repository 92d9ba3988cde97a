import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtModule } from '../../scripts/bench/built-module.js';
import { folderForTest } from '../e2e/process.js';

it('reads what somebody waits for while a file takes its time', async () => {
  const { loadConfig } = await builtModule<typeof import('../../src/config.js')>('config.js');
  const { prepareModel } =
    await builtModule<typeof import('../../src/embedding/local-model.js')>('embedding/local-model.js');
  const { readerOptions } =
    await builtModule<typeof import('../../src/reading-parts.js')>('reading-parts.js');
  const { Reader } = await builtModule<typeof import('../../src/documents/reader.js')>('documents/reader.js');
  const { config } = loadConfig({ flags: { index: join(tmpdir(), 'unused'), fileTimeoutMs: 600_000 } });
  const model = await prepareModel({ ...config, modelsFolder: config.models });
  const reader = new Reader(readerOptions(config, model));
  // A pipe is read for as long as nobody writes.
  const pipe = join(folderForTest(), 'slow.txt');
  execFileSync('mkfifo', [pipe]);
  const cancelled = expect(reader.readFile(pipe, 'slow.txt')).rejects.toMatchObject({ code: 'CANCELLED' });
  const [urgent] = await reader.readInputs([{ text: 'The heron stands on the weir.' }], { urgent: true });
  expect(urgent).toMatchObject({ document: { text: 'The heron stands on the weir.' } });
  await reader.close();
  await cancelled;
});
