import { beforeAll, describe, expect, it } from 'vitest';
import type { FullDocument, RelatedAnswer, StoryPage } from '../../src/index.js';
import { call, importInto } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const server = useApp();

/** Reports of one flood, from two papers and over several weeks, and of other weather. */
const FLOOD = [
  'The river Aske burst its banks at Tollen on Monday night and flooded two hundred houses.',
  'Two hundred houses in Tollen stand under water after the Aske rose over the wall in the night.',
  'Tollen clears mud from its cellars; the Aske has fallen by a metre since the flood on Monday.',
  'Insurers expect claims of forty million crowns from the flooded houses in Tollen on the Aske.',
  'The minister visited flooded Tollen and promised a higher wall along the river Aske.',
  'Families from flooded houses in Tollen are living in the school gymnasium a week after the Aske rose.',
  'An inquiry asks why nobody warned Tollen before the Aske flooded the lower town.',
  'Volunteers bring dry clothes and food to those whom the flood of the Aske drove out of Tollen.',
].map((text, number) => ({
  id: `flood-${number}`,
  title: `Flood in Tollen, report ${number + 1}`,
  text: `${text}\n\n${text.replace(/\.$/, '')}, our reporter writes from the bridge of report ${number + 1}.`,
  source: number % 2 === 0 ? 'The Star' : 'Courier',
  publishedAt: `2025-07-${String(1 + number * 3).padStart(2, '0')}`,
}));
const WEATHER = [
  ['Storm over Orra', 'A storm tore roofs from barns near Orra and felled trees across the railway line.'],
  [
    'Dry spring',
    'Rivers in the north carry half of their usual water after the driest spring in fifty years.',
  ],
  [
    'Dykes inspected',
    'Engineers walk the coastal dykes each autumn to look for cracks before the storm tides.',
  ],
  ['Snow melt', 'Warm winds melt the snow in the hills early, and streams in the valleys rise quickly.'],
  ['Rain gauge', 'A retired teacher has read the rain gauge in her garden every morning since 1974.'],
  ['Flood insurance', 'Home owners beside rivers pay more for insurance against floods each year.'],
  [
    'Reservoir full',
    'The reservoir above Brackwater is full, and its keepers open the sluices for the first time.',
  ],
  [
    'Hail on orchards',
    'Hail as large as walnuts stripped the pear orchards of the valley within ten minutes.',
  ],
].map(([title, text], number) => ({
  id: `weather-${number}`,
  title,
  text,
  source: 'Courier',
  publishedAt: `2024-0${number + 1}-15`,
}));

beforeAll(async () => {
  await importInto([...FLOOD, ...WEATHER], server);
});

async function related(id: string, query = ''): Promise<RelatedAnswer> {
  return (await call<RelatedAnswer>(server, 'GET', `/v1/documents/${id}/related${query}`)).body;
}
const idsOf = ({ hits }: RelatedAnswer): string[] => hits.map(({ document }) => document.id);
const floods = (ids: string[]): number => ids.filter((id) => id.startsWith('flood-')).length;

describe('related articles', () => {
  it('come with the passage pairs that make them related', async () => {
    const { text } = (await call<FullDocument>(server, 'GET', '/v1/documents/flood-0')).body;
    const { hits } = await related('flood-0');
    for (const { passages } of hits) {
      expect(passages.length).toBeGreaterThan(0);
      for (const { of } of passages) {
        expect(of.id).toBeGreaterThan(0);
        expect(of.text).not.toBe('');
        expect(text.slice(of.start, of.end)).toBe(of.text);
      }
    }
  });

  it('of a text come with offsets into the text', async () => {
    const text = 'The Aske has flooded Tollen again.';
    const { body } = await call<RelatedAnswer>(server, 'POST', '/v1/related', { text, diversity: 0 });
    expect(floods(idsOf(body).slice(0, 5))).toBe(5);
    expect(body.hits[0]?.passages[0]?.of).toEqual({ id: null, text, start: 0, end: text.length });
  });

  it('are not all of one event unless they are asked for so', async () => {
    expect(floods(idsOf(await related('flood-0', '?diversity=0&limit=7')))).toBe(7);
    const diverse = idsOf(await related('flood-0', '?limit=6'));
    expect(floods(diverse)).toBeLessThanOrEqual(3);
    expect(diverse).toHaveLength(6);
  });

  it('are of the same source, or of others', async () => {
    const sources = async (which: string): Promise<(string | null)[]> =>
      (await related('flood-0', `?source=${which}`)).hits.map(({ document }) => document.source);
    expect(new Set(await sources('same'))).toEqual(new Set(['The Star']));
    expect(new Set(await sources('other'))).toEqual(new Set(['Courier']));
    expect(new Set(await sources('any'))).toEqual(new Set(['The Star', 'Courier']));
    const { status } = await call(server, 'POST', '/v1/related', { text: 'A flood.', source: 'same' });
    expect(status).toBe(400);
  });

  it('are nearer in time the more time counts', async () => {
    const days = ({ hits }: RelatedAnswer): number =>
      hits.reduce(
        (sum, { document }, place) =>
          sum + Math.abs(Date.parse(document.publishedAt ?? '') - Date.parse('2025-07-01')) / (place + 1),
        0,
      );
    const timeless = await related('flood-0', '?diversity=0');
    const timely = await related('flood-0', '?diversity=0&recency=1');
    expect(days(timely)).toBeLessThan(days(timeless));
    expect(idsOf(timely)[0]).toBe('flood-1');
    const body = { text: FLOOD[0]?.text, publishedAt: '2025-07-22', recency: 1, diversity: 0 };
    const later = (await call<RelatedAnswer>(server, 'POST', '/v1/related', body)).body;
    expect(idsOf(later)[0]).not.toBe('flood-0');
  });

  it('are the same however often they are asked for, and new when the index has changed', async () => {
    const asked = async (): Promise<Partial<RelatedAnswer>> => ({
      ...(await related('weather-0')),
      processingTimeMs: 0,
    });
    const first = await asked();
    expect(await asked()).toEqual(first);
    const storm = {
      id: 'storm',
      title: 'Storm over Orra: the railway',
      text: 'Trees felled by the storm near Orra still lie on the railway line, and barns have lost their roofs.',
    };
    await call(server, 'POST', '/v1/documents', storm);
    expect(idsOf(await related('weather-0'))[0]).toBe('storm');
    await call(server, 'DELETE', '/v1/documents/storm');
    expect(await asked()).toEqual(first);
  });

  it.each(['diversity=2', 'recency=-1', 'source=mine', 'novelty=1'])('refuse %s', async (query) => {
    expect((await call(server, 'GET', `/v1/documents/flood-0/related?${query}`)).status).toBe(400);
  });
});

describe('stories', () => {
  it('hold the reports of one event, with its dates', async () => {
    const { stories } = (await call<StoryPage>(server, 'GET', '/v1/stories')).body;
    expect(stories[0]).toMatchObject({ id: 'flood-0', firstAt: '2025-07-01' });
    expect(stories[0]?.title).toMatch(/^Flood in Tollen/);
    expect(floods(stories[0]?.documents.map(({ id }) => id) ?? [])).toBeGreaterThan(4);
    const own = (await call<{ story: object }>(server, 'GET', '/v1/documents/flood-0/story')).body;
    expect(own).toEqual({ story: stories[0] });
  });

  it('are none for a document that stands alone, and 404 for one that is not there', async () => {
    const alone = await call(server, 'GET', '/v1/documents/weather-4/story');
    expect(alone).toMatchObject({ status: 200, body: { story: null } });
    expect((await call(server, 'GET', '/v1/documents/missing/story')).status).toBe(404);
  });

  it('are refused for a date that is none', async () => {
    expect((await call(server, 'GET', '/v1/stories?from=soon')).status).toBe(400);
  });
});
