import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';
import { askAll, type Exchange } from './ask-all.js';

const first = useApp({ corpus: true });
const other = useApp({ own: {} });

/** The ids of documents in the order in which an answer names them. */
const idsIn = ({ request, answer }: Exchange): { request: string; ids: string[] } => {
  const ids: string[] = [];
  JSON.parse(answer, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string') ids.push(value);
    return value;
  });
  return { request, ids };
};

it('an index that is made once more of the same documents names the same documents in the same order', async () => {
  expect(await other.engine.ingest([join(ROOT, 'corpus')])).toMatchObject({ status: 'succeeded' });
  expect((await askAll(other)).map(idsIn)).toEqual((await askAll(first)).map(idsIn));
});
