import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchAnswer, Stats } from '../../src/index.js';
import { call, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';

/** Written down before anything was searched: see scripts/README.md. */
const expectations = JSON.parse(readFileSync(join(ROOT, 'test/e2e/expectations.json'), 'utf8')) as {
  questions: { query: string; documents: string[]; answer: string }[];
  related: { document: string; expect: string[]; never: string[] }[];
  unanswerable: string[];
  counts: { files: number; documents: number };
  nearDuplicates: [string, string][];
  scraped: { file: string; titles: string[]; furniture: string[] };
  html: { furniture: string[] };
};

const server = useApp({ own: { corpus: true } });

type Answer = Pick<SearchAnswer, 'hits' | 'total' | 'facets'>;
const search = async (request: object): Promise<Answer> =>
  (await call<Answer>(server, 'POST', '/v1/search', request)).body;
const related = async (id: string): Promise<Answer> =>
  (await call<Answer>(server, 'GET', `/v1/documents/${encodeURIComponent(id)}/related`)).body;
const idsOf = ({ hits }: Answer): string[] => hits.map(({ document }) => document.id);
const allIdsOf = ({ hits }: Answer): string[] =>
  hits.flatMap((hit) => [hit.document.id, ...hit.duplicates.map(({ id }) => id)]);
const flat = (text: string): string => text.replace(/\s+/g, ' ');

it('has an import without a failure', async () => {
  const [job] = (await call<{ jobs: object[] }>(server, 'GET', '/v1/jobs')).body.jobs;
  expect(job).toMatchObject({
    status: 'succeeded',
    errors: [],
    counts: { total: expectations.counts.files },
  });
});

describe('questions in other words than the articles', () => {
  /** Where the right document stands, counted from 0, and whether its passages hold the answer. */
  async function answerTo({ query, documents, answer }: (typeof expectations.questions)[number]) {
    // They share next to no word with what answers; how likely that makes it to answer is for the score to say.
    const { hits } = await search({ query, minScore: 0, passagesPerDocument: 6 });
    const rank = hits.findIndex(({ document, duplicates }) =>
      [document, ...duplicates].some(({ id }) => documents.includes(id)),
    );
    const passages = flat((hits[rank]?.passages ?? []).map(({ text }) => text).join(' '));
    return {
      query,
      rank: rank === -1 ? Number.POSITIVE_INFINITY : rank,
      answered: passages.includes(flat(answer)),
    };
  }

  it('bring a right document among the first three, with the paragraph that answers, for nearly all', async () => {
    const answers = await Promise.all(expectations.questions.map(answerTo));
    expect(answers).toHaveLength(20);
    expect(answers.filter(({ rank }) => rank >= 3).map(({ query }) => query).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ rank }) => rank > 0).map(({ query }) => query).length).toBeLessThanOrEqual(8);
    expect(answers.filter(({ answered }) => !answered).map(({ query }) => query).length).toBeLessThanOrEqual(
      4,
    );
  });

  it.each(expectations.unanswerable)('nothing answers: %s', async (query) => {
    expect(idsOf(await search({ query }))).toEqual([]);
    expect(idsOf(await search({ query, minScore: 0 })).length).toBeGreaterThan(0);
  });
});

describe('related articles', () => {
  it.each(expectations.related)('of $document', async ({ document, expect: expected, never }) => {
    const found = await related(document);
    expect(allIdsOf(found).slice(0, 3)).toEqual(expect.arrayContaining([expect.toBeOneOf(expected)]));
    expect(
      allIdsOf(found)
        .slice(0, 5)
        .filter((id) => never.includes(id)),
    ).toEqual([]);
    expect(allIdsOf(found)).not.toContain(document);
    for (const { passages } of found.hits) expect(passages.length).toBeGreaterThan(0);
  });

  it('of a text that is not in the index', async () => {
    const text =
      'The council of a small port wants to build turbines into the sea wall, and fishers fear for their catch.';
    const { body } = await call<Answer>(server, 'POST', '/v1/related', {
      title: 'Power from the tide',
      text,
    });
    expect(idsOf(body)[0]).toMatch(/^energy\//);
  });
});

describe('what was read', () => {
  it('makes as many documents as the files hold', async () => {
    const { body } = await call<Stats>(server, 'GET', '/v1/stats');
    expect(body.documents).toBe(expectations.counts.documents);
    expect(body.vectors).toBe(body.passages);
  });

  it('folds a wire story and its rewrite into one hit, and relates neither to the other', async () => {
    for (const [one, other] of expectations.nearDuplicates) {
      const title = (await call<{ title: string }>(server, 'GET', `/v1/documents/${encodeURIComponent(one)}`))
        .body.title;
      const [hit] = (await search({ query: title })).hits;
      expect([hit?.document.id, ...(hit?.duplicates ?? []).map(({ id }) => id)].sort()).toEqual(
        [one, other].sort(),
      );
      expect(allIdsOf(await related(one))).not.toContain(other);
    }
  });

  it('parts a scraped page into its stories, and takes furniture for text nowhere', async () => {
    const { file, titles, furniture } = expectations.scraped;
    const stories = titles.map((_, index) => (index === 0 ? file : `${file}#${index + 1}`));
    for (const [position, id] of stories.entries()) {
      const { body } = await call<{ title: string }>(
        server,
        'GET',
        `/v1/documents/${encodeURIComponent(id)}`,
      );
      expect(body.title).toBe(titles[position]);
    }
    const { documents } = (
      await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents?limit=1000')
    ).body;
    for (const { id } of documents) {
      const { text } = (
        await call<{ text: string }>(server, 'GET', `/v1/documents/${encodeURIComponent(id)}`)
      ).body;
      for (const phrase of [...furniture, ...expectations.html.furniture])
        expect(flat(text)).not.toContain(phrase);
    }
  });

  it('gives passages whose offsets lie in the text of the document', async () => {
    const { documents } = (
      await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents?limit=1000')
    ).body;
    for (const { id } of documents) {
      const path = `/v1/documents/${encodeURIComponent(id)}`;
      const { text } = (await call<{ text: string }>(server, 'GET', path)).body;
      const { passages } = (
        await call<{ passages: { text: string; start: number; end: number; page: number | null }[] }>(
          server,
          'GET',
          `${path}/passages`,
        )
      ).body;
      for (const passage of passages) expect(text.slice(passage.start, passage.end)).toBe(passage.text);
      if (id.endsWith('.pdf')) expect(passages.map(({ page }) => page)).toContain(2);
    }
  });
});

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
    const [[one, other] = ['', '']] = expectations.nearDuplicates;
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
