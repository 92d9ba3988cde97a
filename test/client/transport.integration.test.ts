import { beforeAll, describe, expect, it } from 'vitest';
import { AkinClient, AkinClientError } from '../../src/client/index.js';
import { FERRY_DOCUMENTS } from './ferry-documents.js';
import { collected, failureOf, useClient } from './use-client.js';

const used = useClient();

beforeAll(async () => {
  await used.client.documents.add(FERRY_DOCUMENTS);
});

describe('a failure', () => {
  it('has the code, the status, what is wrong and the id in the log', async () => {
    const missing = await failureOf(used.client.documents.get('missing'));
    expect(missing).toBeInstanceOf(AkinClientError);
    expect(missing).toMatchObject({
      code: 'DOCUMENT_NOT_FOUND',
      status: 404,
      message: 'There is no document "missing" in the index.',
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(await failureOf(used.client.search({ query: '', limit: -1 }))).toMatchObject({
      code: 'INVALID_REQUEST',
      status: 400,
      issues: [{ path: 'query' }, { path: 'limit' }],
    });
    expect(await failureOf(collected(used.client.jobs.follow('missing')))).toMatchObject({
      code: 'JOB_NOT_FOUND',
    });
  });

  it('says so where nobody listens, or somebody else', async () => {
    const nobody = new AkinClient({ baseUrl: 'http://127.0.0.1:1', retries: 0 });
    expect(await failureOf(nobody.stats())).toMatchObject({ code: 'SERVER_UNREACHABLE', status: null });
    used.proxy.play('foreign');
    const through = new AkinClient({ baseUrl: used.proxy.address });
    expect(await failureOf(through.stats())).toMatchObject({ code: 'SERVER_UNREACHABLE', status: 502 });
    expect(used.proxy.asked).toHaveLength(1);
    expect(() => new AkinClient({ baseUrl: 'nowhere' })).toThrow(/baseUrl/);
  });
});

describe('what was refused for now', () => {
  it('is sent again', async () => {
    const through = new AkinClient({ baseUrl: used.proxy.address });
    used.proxy.play('busy', 'limited');
    expect((await through.search({ query: 'bees' })).hits[0]?.document.id).toBe('bees');
    expect(used.proxy.asked).toEqual(Array(3).fill('POST /v1/search'));
    used.proxy.play('busy');
    const job = await through.upload([{ name: 'again.txt', content: 'Sent again.' }]);
    expect(await used.client.jobs.wait(job.id)).toMatchObject({ status: 'succeeded', counts: { done: 1 } });
  });

  it('is given up after so many times, or where the server asks for too much patience', async () => {
    used.proxy.play('busy', 'busy', 'busy');
    const impatient = new AkinClient({ baseUrl: used.proxy.address, retries: 1 });
    expect(await failureOf(impatient.stats())).toMatchObject({
      code: 'BUSY',
      status: 503,
      message: 'Not now.',
    });
    expect(used.proxy.asked).toHaveLength(2);
    used.proxy.play('overdue');
    const through = new AkinClient({ baseUrl: used.proxy.address });
    expect(await failureOf(through.stats())).toMatchObject({ code: 'BUSY' });
    expect(used.proxy.asked).toHaveLength(1);
  });
});

describe('what got lost', () => {
  it('is sent again where that does no harm', async () => {
    const through = new AkinClient({ baseUrl: used.proxy.address });
    used.proxy.play('lost', 'lost');
    expect((await through.search({ query: 'bees' })).hits[0]?.document.id).toBe('bees');
    expect(used.proxy.asked).toHaveLength(3);
    used.proxy.play('lost');
    const lost = through.upload([{ name: 'lost.txt', content: 'Lost.' }]);
    expect(await failureOf(lost)).toMatchObject({ code: 'SERVER_UNREACHABLE' });
    expect(used.proxy.asked).toHaveLength(1);
  });
});

describe('an abort', () => {
  const aborted = { name: 'AbortError' };

  it('ends a call before it begins, while it is under way, and while it waits to be sent again', async () => {
    const through = new AkinClient({ baseUrl: used.proxy.address, retries: 1_000 });
    used.proxy.play();
    expect(await failureOf(through.stats({ signal: AbortSignal.abort() }))).toMatchObject(aborted);
    expect(used.proxy.asked).toEqual([]);
    for (const fates of [['held'], Array(1_000).fill('busy')]) {
      const controller = new AbortController();
      used.proxy.play(...fates);
      const call = failureOf(through.stats({ signal: controller.signal }));
      while (used.proxy.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort();
      expect(await call).toMatchObject(aborted);
    }
  });

  it('ends following a job, and all that a client with that signal does', async () => {
    const controller = new AbortController();
    const own = new AkinClient({ baseUrl: used.proxy.address, signal: controller.signal });
    used.proxy.play('held', 'held');
    const calls = [failureOf(own.stats()), failureOf(collected(own.jobs.follow('any')))];
    while (used.proxy.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    for (const call of calls) expect(await call).toMatchObject(aborted);
  });
});
