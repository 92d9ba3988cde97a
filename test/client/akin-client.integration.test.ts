import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AkinClient, type Job } from '../../src/client/index.js';
import { ROOT } from '../e2e/process.js';
import { FERRY, FERRY_DOCUMENTS, REPORT } from './ferry-documents.js';
import { collected, failureOf, useClient } from './use-client.js';

const used = useClient();

describe('documents', () => {
  it('are brought in, read, replaced and removed', async () => {
    const written = await used.client.documents.add(FERRY_DOCUMENTS);
    expect(written.map(({ id, status }) => [id, status])).toEqual([
      ['a/ferry', 'created'],
      ['again', 'created'],
      ['bees', 'created'],
    ]);
    expect(await used.client.documents.add(FERRY_DOCUMENTS[0] ?? {})).toMatchObject([
      { status: 'unchanged' },
    ]);
    expect(await used.client.documents.get('a/ferry')).toMatchObject({
      title: 'Ferry to Sandholm turns back',
      text: REPORT,
    });
    expect(await used.client.documents.passages('a/ferry')).toMatchObject([{ text: REPORT, start: 0 }]);
    expect(await used.client.documents.put('note', { text: 'A note.' })).toMatchObject({ status: 'created' });
    expect(await used.client.documents.put('note', { text: 'Another.' })).toMatchObject({
      status: 'updated',
    });
    expect([await used.client.documents.delete('note'), await used.client.documents.delete('note')]).toEqual([
      true,
      false,
    ]);
    await used.client.documents.put('note', { text: 'A note.', source: 'Gone' });
    expect(await used.client.documents.deleteWhere({ source: 'Gone' })).toBe(1);
  });

  it('are listed page by page as they are wanted', async () => {
    used.proxy.play();
    const through = new AkinClient({ baseUrl: used.proxy.address });
    const all = await collected(through.documents.list({ limit: 1 }));
    expect(all.map(({ id }) => id)).toEqual(['a/ferry', 'again', 'bees']);
    expect(used.proxy.asked).toHaveLength(3);
    used.proxy.play();
    for await (const { id } of through.documents.list({ limit: 1, filter: { source: 'Desk' } })) {
      expect(id).toBe('a/ferry');
      break;
    }
    expect(used.proxy.asked).toHaveLength(1);
    expect(await used.client.documents.page({ limit: 2 })).toMatchObject({
      documents: [{}, {}],
      nextCursor: expect.any(String),
    });
  });
});

describe('questions', () => {
  it('are answered', async () => {
    const { hits } = await used.client.search({
      query: 'who slept in the school?',
      filter: { source: 'Desk' },
    });
    expect(hits[0]?.document.id).toBe('a/ferry');
    const [bees, ferry] = await used.client.searchBatch([
      { query: 'beekeeper', limit: 1 },
      { query: 'ferry', mode: 'keyword' },
    ]);
    expect([bees?.hits[0]?.document.id, ferry?.mode]).toEqual(['bees', 'keyword']);
    const related = await used.client.related('a/ferry', { limit: 1, filter: { source: { in: ['Desk'] } } });
    expect(related).toMatchObject({ limit: 1, hits: [{ document: { id: 'again' } }] });
    const to = await used.client.relatedTo(
      {
        title: 'Ramp welded',
        text: 'The ramp of the Sandholm ferry, which a wave broke in the storm, was welded.',
      },
      { limit: 1 },
    );
    expect(to.hits[0]?.document.id).toBe('again');
    expect((await used.client.stats()).documents).toBe(3);
    const { data } = await used.client.embeddings(['one', 'two']);
    expect(data.map(({ embedding }) => embedding.length)).toEqual([384, 384]);
  });

  it('for stories are answered', async () => {
    const [story] = await collected(used.client.stories({ limit: 1 }));
    expect(story?.documents.map(({ id }) => id)).toEqual(['a/ferry', 'again']);
    expect(await used.client.storyOf('again')).toEqual(story);
    expect(await used.client.storyOf('bees')).toBeNull();
  });
});

describe('jobs', () => {
  it.each<[string, () => Parameters<AkinClient['documents']['import']>[0]]>([
    [
      'a list',
      () => [
        { id: 'n1', text: 'One.' },
        { id: 'n2', text: 'Two.' },
      ],
    ],
    ['text', () => '{"id":"n1","text":"One."}\n{"id":"n2","text":"Two."}\n'],
    ['a blob', () => new Blob(['{"id":"n1","text":"One."}\n{"id":"n2","text":"Two."}\n'])],
    [
      'a generator',
      async function* () {
        for (const id of ['n1', 'n2']) {
          await new Promise((resolve) => setImmediate(resolve));
          yield { id, text: id === 'n1' ? 'One.' : 'Two.' };
        }
      },
    ],
  ])('bring in documents from %s', async (_what, source) => {
    const job = await used.client.documents.import(source());
    expect(await used.client.jobs.wait(job.id)).toMatchObject({ status: 'succeeded', counts: { done: 2 } });
    expect(await used.client.documents.get('n2')).toMatchObject({ text: 'Two.' });
  });

  it('bring in files, and are followed to their end', async () => {
    const file = readFileSync(join(ROOT, 'corpus/energy/tidal-gate-opens.md'));
    const job = await used.client.upload([
      { name: 'energy/opens.md', content: new Blob([file]) },
      { name: 'more.txt', content: 'More text.' },
    ]);
    const states = await collected(used.client.jobs.follow(job.id));
    expect(states.at(-1)).toMatchObject({ id: job.id, status: 'succeeded', counts: { created: 2 } });
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
    expect((await used.client.documents.get('energy/opens.md')).title).toMatch(/Aske Tidal Gate/);
    expect((await used.client.jobs.list())[0]?.id).toBe(job.id);
    expect(await used.client.jobs.cancel(job.id)).toMatchObject({ status: 'succeeded' });
  });

  it('are asked for again where their events break off, or are no events', async () => {
    const through = new AkinClient({ baseUrl: used.proxy.address });
    for (const fate of ['cut', 'foreign', 'lost'] as const) {
      const texts = Array.from({ length: 60 }, (_, place) => ({ text: `${fate} ${place}. ${FERRY}.` }));
      const { id } = await used.client.documents.import(texts);
      used.proxy.play(fate);
      const seen: Job[] = [];
      const last = await through.jobs.wait(id, { onProgress: (job) => seen.push(job) });
      expect(last).toMatchObject({ id, status: 'succeeded', counts: { done: 60 } });
      expect(seen.at(-1)).toEqual(last);
      if (fate !== 'lost') expect(used.proxy.asked).toContain(`GET /v1/jobs/${id}`);
    }
  });
});

it('a key goes with every call', async () => {
  const key = await used.server.makeKey({ scope: 'read' });
  expect(await failureOf(used.client.stats())).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
  const keyed = new AkinClient({ baseUrl: `${used.server.address}/`, apiKey: key });
  expect((await keyed.stats()).documents).toBeGreaterThan(3);
  expect(await failureOf(keyed.documents.delete('bees'))).toMatchObject({ code: 'FORBIDDEN', status: 403 });
});
