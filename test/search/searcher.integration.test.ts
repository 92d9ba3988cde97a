import { describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { EXPECTATIONS } from '../support/expectations.js';
import { type Answer, idsOf, useCorpus } from './use-corpus.js';

const { server, search } = useCorpus();

describe('the answer to a search', () => {
  const query = 'tidal power plant';

  it('pages without a gap or a repetition', async () => {
    const all = idsOf(await search({ query, limit: 12, minScore: 0 }));
    const pages = await Promise.all(
      [0, 4, 8].map(async (offset) => idsOf(await search({ query, limit: 4, offset, minScore: 0 }))),
    );
    expect(pages.flat()).toEqual(all);
    expect(new Set(all).size).toBe(12);
  });

  it('holds scores from 0 to 1, best first, and none below minScore', async () => {
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const scores = (await search({ query, mode, limit: 40, minScore: 0 })).hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...scores)).toBeLessThanOrEqual(1);
      const middle = scores[2] ?? 1;
      const above = (await search({ query, mode, limit: 40, minScore: middle })).hits.map(
        ({ score }) => score,
      );
      expect(above).toEqual(scores.filter((score) => score >= middle));
    }
  });

  it('keeps to a filter, fills the limit from what passes it, and counts facets', async () => {
    const filter = { language: 'de' };
    const german = (
      await call<{ documents: { id: string }[] }>(
        server,
        'GET',
        `/v1/documents?limit=100&filter=${encodeURIComponent(JSON.stringify(filter))}`,
      )
    ).body.documents;
    expect(german.length).toBeGreaterThan(0);
    expect(idsOf(await search({ query, filter, minScore: 0 })).sort()).toEqual(
      german.map(({ id }) => id).sort(),
    );
    const { facets, hits } = await search({ query, facets: ['language', 'source'], limit: 100, minScore: 0 });
    const languages = Object.values(facets.language ?? {}).reduce((sum, count) => sum + count, 0);
    expect(languages).toBeGreaterThanOrEqual(hits.filter(({ document }) => document.language).length);
    expect(facets.language?.de).toBe(german.length);
  });

  it('marks the words of the query within the passage', async () => {
    const passage = (await search({ query })).hits[0]?.passages[0];
    const marked = (passage?.highlights ?? []).map(([start, end]) =>
      passage?.text.slice(start, end).toLowerCase(),
    );
    expect(marked.join(' ')).toMatch(/tid(e|al)|power|plant/);
  });

  it('names in each passage the sentence that answers, which is marked where no word of the query is', async () => {
    const { hits } = await search({ query: 'blackmailers', mode: 'semantic', limit: 5, minScore: 0 });
    const passages = hits.flatMap((hit) => hit.passages);
    expect(passages.length).toBeGreaterThan(0);
    for (const { text, answer, highlights } of passages) {
      const sentence = text.slice(...(answer ?? [0, 0]));
      expect(sentence).toMatch(/\w/);
      expect(sentence).toBe(sentence.trim());
      if (!/blackmail/i.test(text)) expect(highlights).toEqual([answer]);
    }
    const { hits: byWords } = await search({ query: 'harbour', mode: 'keyword' });
    for (const { answer } of byWords.flatMap((hit) => hit.passages)) expect(answer).toBeNull();
  });

  it('counts in total the hits of all pages, in each mode', async () => {
    const [[one, other] = ['', '']] = EXPECTATIONS.nearDuplicates;
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const { total, hits } = await search({ query: 'harbour gang ransom', mode, limit: 100 });
      expect(total).toBe(hits.length);
      const versions = hits.filter((hit) =>
        [hit.document, ...hit.duplicates].some(({ id }) => id === one || id === other),
      );
      expect(versions.map(({ duplicates }) => duplicates.length)).toEqual([1]);
    }
  });

  it('is the same over GET, in a batch, and when it is asked again', async () => {
    const strip = ({ hits, total }: Answer): unknown => ({ hits, total });
    const one = strip(await search({ query, limit: 5 }));
    const get = await call<Answer>(server, 'GET', `/v1/search?q=${encodeURIComponent(query)}&limit=5`);
    const batch = await call<{ results: Answer[] }>(server, 'POST', '/v1/search/batch', {
      queries: [{ query, limit: 5 }],
    });
    expect(strip(get.body)).toEqual(one);
    expect(batch.body.results.map(strip)).toEqual([one]);
    expect(strip(await search({ query, limit: 5 }))).toEqual(one);
  });
});

describe('signs in a query', () => {
  it('find only what has a phrase word for word, in every mode', async () => {
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const hits = await search({ query: '"old wood workshop" pupils', mode, minScore: 0 });
      expect(idsOf(hits)).toEqual(['technology/school-tablets-repair-shop.md']);
      expect(idsOf(await search({ query: '"workshop wood old"', mode, minScore: 0 }))).toEqual([]);
    }
  });

  it('find nothing that has a word behind a minus, and leave the rest', async () => {
    const all = idsOf(await search({ query: 'tidal gate', minScore: 0, limit: 50 }));
    const without = idsOf(await search({ query: 'tidal gate -fishers', minScore: 0, limit: 50 }));
    expect(all).toContain('energy/tidal-gate-fishers-protest.html');
    expect(without).not.toContain('energy/tidal-gate-fishers-protest.html');
    expect(without.length).toBeGreaterThan(3);
  });

  it('go together with a filter', async () => {
    const query = { query: '"tidal"', filter: { language: 'de' }, minScore: 0 };
    expect(idsOf(await search(query))).toEqual([]);
  });
});

describe('words', () => {
  it.each([
    ['Verzögerungen', 'energy/gezeitenkraftwerk-aske-netzanschluss.md', ['Verzögerung']],
    ['bewohnern verzogerung', 'energy/gezeitenkraftwerk-aske-netzanschluss.md', ['Bewohner', 'Verzögerung']],
    ['rechargeait', 'transport/ferry-electrique-sterna-orra.md', ['recharger']],
    ['coûteront', 'transport/ferry-electrique-sterna-orra.md', ['coûté']],
  ])('are found in another form of their language, and marked: %s', async (query, document, forms) => {
    const [hit] = (await search({ query, mode: 'keyword' })).hits;
    expect(hit?.document.id).toBe(document);
    expect(markedIn(hit)).toEqual(expect.arrayContaining(forms));
  });

  it('that are still being typed find what begins with them, and mark it', async () => {
    for (const mode of ['keyword', 'hybrid']) {
      const path = (query: string, prefix: boolean) =>
        `/v1/search?q=${encodeURIComponent(query)}&mode=${mode}&prefix=${prefix}&limit=100&minScore=0`;
      const { hits } = (await call<Answer>(server, 'GET', path('turb', true))).body;
      const opens = hits.find(({ document }) => document.id === 'energy/tidal-gate-opens.md');
      expect(markedIn(opens)).toContain('turbines');
      if (mode === 'hybrid') continue;
      expect(idsOf((await call<Answer>(server, 'GET', path('turb', false))).body)).toEqual([]);
    }
    const whole = idsOf(await search({ query: 'fish', mode: 'keyword', limit: 100, minScore: 0 }));
    const begun = idsOf(
      await search({ query: 'fish', mode: 'keyword', limit: 100, minScore: 0, prefix: true }),
    );
    expect(begun).toEqual(expect.arrayContaining(whole));
    expect(begun.length).toBeGreaterThan(whole.length);
  });

  it('that no document has find what begins with them', async () => {
    expect(idsOf(await search({ query: 'turb', mode: 'keyword' }))).toContain('energy/tidal-gate-opens.md');
    expect(idsOf(await search({ query: 'turb ', mode: 'keyword' }))).toEqual([]);
  });
});

/** What is highlighted in a hit. */
function markedIn(hit: Answer['hits'][number] | undefined): string[] {
  return (hit?.passages ?? []).flatMap(({ text, highlights }) =>
    highlights.map(([start, end]) => text.slice(start, end)),
  );
}
