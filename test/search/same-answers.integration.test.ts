import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, type OpenIndex, openAt, openIndex, startApp } from '../support/app.js';
import { askAll, type Exchange, exchange } from './ask-all.js';

describe('the same index', () => {
  let opened: OpenIndex;
  let app: App;
  let first: Exchange[];
  beforeAll(async () => {
    opened = await openIndex({ corpus: true });
    app = await startApp(opened);
    first = await askAll(app);
  });
  afterAll(async () => {
    await app.stop();
    await opened.close();
  });

  /** Closes the index and opens it again. */
  async function reopen(): Promise<void> {
    await app.stop();
    await opened.engine.close();
    opened.engine = await openAt(opened.index);
    app = await startApp(opened);
  }

  it('gives the same answers, byte for byte but for the time, when it is asked again', async () => {
    expect(await askAll(app)).toEqual(first);
  });

  it('gives them after it was closed too, and whatever was asked before', async () => {
    await reopen();
    for (const { request, answer } of first.toReversed()) {
      const [path = '', body = '{}'] = request.split(/ (?=\{)/);
      const parsed = JSON.parse(body) as object;
      const again = await exchange(app, path, Object.keys(parsed).length > 0 ? parsed : undefined);
      expect(again).toEqual({ request, answer });
    }
  });
});
