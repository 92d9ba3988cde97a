import { expect, it } from 'vitest';
import type { Engine } from '../../src/index.js';
import { DEFAULT_MODEL } from '../../src/ingest/check-fingerprint.js';
import { folderForTest } from '../e2e/process.js';
import { openAt } from '../support/app.js';

const DOCUMENTS = ['ferry', 'orchard', 'foundry', 'library'].map((subject, place) => ({
  id: subject,
  text: `The ${subject} was opened in ${1_700 + place}, to the joy of ward ${place}.`,
}));

async function ranking(engine: Engine): Promise<[string, number][]> {
  const { hits } = await engine.search({ query: 'books to borrow', mode: 'semantic', minScore: 0 });
  return hits.map(({ document, score }) => [document.id, score]);
}

it('another model takes the place of the one that serves, for what is stored and what comes', async () => {
  const [index, other] = [folderForTest(), folderForTest()];
  const engine = await openAt(index);
  await engine.addDocuments(DOCUMENTS.slice(1));
  const before = await ranking(engine);
  const choice = { ...DEFAULT_MODEL, dtype: 'float32' } as const;
  expect(await engine.reembed(choice)).toMatchObject({
    type: 'reembed',
    status: 'succeeded',
  });
  expect((await engine.stats()).model.dtype).toBe('float32');
  await engine.addDocuments(DOCUMENTS.slice(0, 1));
  const served = await ranking(engine);
  await engine.close();
  expect(served.slice(0, 3)).not.toEqual(before);

  const fresh = await openAt(other, { dtype: 'float32' });
  await fresh.addDocuments(DOCUMENTS);
  expect(await ranking(fresh)).toEqual(served);
  await fresh.close();

  // A model that a setting names is not that of the index: it is refused, with the way out.
  await expect(openAt(index, { dtype: 'int8', pooling: 'cls' })).rejects.toMatchObject({
    code: 'MODEL_MISMATCH',
    message: expect.stringContaining('akin reembed'),
  });
  // Settings that name no model take the one that the index has.
  const again = await openAt(index);
  expect((await again.stats()).model.dtype).toBe('float32');
  await again.close();
});
