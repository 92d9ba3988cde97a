import { beforeAll, describe, expect, it } from 'vitest';
import type { DrawnMap, FullDocument, RelatedAnswer, SearchAnswer, Story } from '../../src/index.js';
import { FERRY_NEWS } from './ferry-news.js';
import { useKeys } from './use-keys.js';

const { keys, makeKeys, ask, mapDrawn } = useKeys();

describe('a key with a filter', () => {
  beforeAll(async () => {
    await makeKeys();
    await mapDrawn();
  });

  const desk = <Answer>(method: string, path: string, body?: unknown) =>
    ask<Answer>(keys.desk, method, `/v1${path}`, body);

  it('finds what there is for others', async () => {
    const { body } = await ask<SearchAnswer>(keys.read, 'POST', '/v1/search', {
      query: 'ferry ramp broken by a wave',
      minScore: 0,
    });
    const found = body.hits.flatMap(({ document: { id }, duplicates }) => [
      id,
      ...duplicates.map((one) => one.id),
    ]);
    expect(found).toEqual(expect.arrayContaining(['open-ferry', 'open-again', 'hidden-ramp', 'hidden-copy']));
    const full = await ask<FullDocument>(keys.read, 'GET', '/v1/documents/open-ferry');
    const { body: of } = await ask<{ story: Story }>(keys.read, 'GET', '/v1/documents/open-ferry/story');
    expect(of.story).toMatchObject({ id: 'hidden-copy', title: 'Ferry turns back (draft)' });
    expect(full.body.versions.map(({ id }) => id)).toEqual(['hidden-copy']);
    expect(full.body.metadata.related_links).toMatchObject([
      { document: 'hidden-ramp' },
      { document: 'open-again' },
    ]);
  });

  const search = { query: 'ferry ramp broken by a wave', minScore: 0, facets: ['source'], limit: 50 };
  it.each<[string, string, string, unknown]>([
    ['a search', 'POST', '/search', search],
    ['a search for all else', 'POST', '/search', { ...search, filter: { not: { source: 'Desk' } } }],
    ['a search for either', 'POST', '/search', { ...search, filter: { or: [{ source: 'Board' }, {}] } }],
    ['a search by words', 'POST', '/search', { ...search, mode: 'keyword', query: '"secret memo"' }],
    ['a search in the address', 'GET', '/search?q=secret+memo&minScore=0&facets=source', undefined],
    ['a batch', 'POST', '/search/batch', { queries: [search, { ...search, mode: 'semantic' }] }],
    ['what is related', 'GET', '/documents/open-ferry/related?limit=50', undefined],
    ['what is related to a text', 'POST', '/related', { text: FERRY_NEWS[3]?.text, limit: 50 }],
    ['the list', 'GET', '/documents?limit=100', undefined],
    ['the list of the others', 'GET', '/documents?filter={"source":"Board"}', undefined],
    ['a document with its versions and links', 'GET', '/documents/open-ferry', undefined],
    ['its passages', 'GET', '/documents/open-ferry/passages', undefined],
    ['its story', 'GET', '/documents/open-ferry/story', undefined],
    ['the stories', 'GET', '/stories', undefined],
    ['the map', 'GET', '/map', undefined],
    ['the values of the fields', 'GET', '/facets', undefined],
    ['what the index holds', 'GET', '/stats', undefined],
  ])('names no document outside in %s', async (_what, method, path, body) => {
    const { status, body: answer } = await desk<unknown>(method, path, body);
    expect(status).toBe(200);
    const text = JSON.stringify({ ...(answer as object), query: '' });
    expect(text).not.toMatch(/hidden|Board|memo is|never checked, says|\(draft\)/);
  });

  it('still finds all that it lets through', async () => {
    const { body } = await desk<SearchAnswer>('POST', '/search', search);
    expect(body.hits.map(({ document: { id } }) => id).sort()).toEqual(['open-again', 'open-ferry']);
    expect(body.facets).toEqual({ source: { Desk: 2 } });
    const related = await desk<RelatedAnswer>('GET', '/documents/open-ferry/related');
    expect(related.body.hits.map(({ document: { id } }) => id)).toEqual(['open-again']);
    const { documents, clusters } = (await desk<DrawnMap>('GET', '/map')).body;
    expect(documents).toMatchObject({ id: ['open-again', 'open-ferry'], source: [0, 0] });
    expect(clusters.reduce((sum, cluster) => sum + cluster.documents, 0)).toBe(2);
    expect((await desk('GET', '/stats')).body).toMatchObject({ documents: 2, passages: 2, vectors: 2 });
    const { story } = (await desk<{ story: Story }>('GET', '/documents/open-ferry/story')).body;
    expect(story).toMatchObject({ id: 'open-ferry', title: 'Ferry to Sandholm turns back' });
    expect((await desk('GET', '/stories')).body).toMatchObject({ stories: [story] });
    const { metadata } = (await desk<FullDocument>('GET', '/documents/open-ferry')).body;
    expect(metadata.related_links).toMatchObject([{ document: null }, { document: 'open-again' }]);
  });

  it('is not shown what is hidden while it searches', async () => {
    const open = { id: 'flips', source: 'Desk', text: 'The ramp of the ferry was welded in the storm.' };
    const hidden = {
      ...open,
      source: 'Board',
      text: 'The memo is about the ramp of the ferry in the storm.',
    };
    let flipping = true;
    const flips = (async () => {
      for (let flip = 0; flip < 20; flip++)
        await ask(keys.write, 'POST', '/v1/documents', [flip % 2 === 0 ? open : hidden]);
      flipping = false;
    })();
    let answers = 0;
    while (flipping) {
      const { body } = await desk<SearchAnswer>('POST', '/search', search);
      expect(JSON.stringify({ ...body, query: '' })).not.toMatch(/Board|memo is/);
      answers += 1;
    }
    await flips;
    expect(answers).toBeGreaterThan(5);
    expect((await ask(keys.write, 'DELETE', '/v1/documents/flips')).status).toBe(204);
  });

  it.each([
    '/documents/hidden-ramp',
    '/documents/hidden-ramp/passages',
    '/documents/hidden-ramp/pages/1',
    '/documents/hidden-ramp/related',
    '/documents/hidden-ramp/story',
  ])('answers %s as if there were none', async (path) => {
    const missing = await desk<{ detail: string }>('GET', path.replace('hidden-ramp', 'missing'));
    const hidden = await desk<{ detail: string }>('GET', path);
    expect(hidden).toMatchObject({ status: 404, body: { code: 'DOCUMENT_NOT_FOUND' } });
    expect(hidden.body.detail).toBe(missing.body.detail.replace('missing', 'hidden-ramp'));
  });

  it('gets nothing of the index as a whole, and names its own place in a wrong filter', async () => {
    for (const path of ['/jobs', '/jobs/x', '/jobs/x/events'])
      expect(await desk('GET', path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await ask(keys.desk, 'GET', '/metrics')).status).toBe(403);
    const { body } = await desk<{ errors: { path: string }[] }>('POST', '/search', {
      query: 'x',
      filter: { colour: 'red' },
    });
    expect(body.errors).toMatchObject([{ path: 'filter.colour' }]);
  });
});
