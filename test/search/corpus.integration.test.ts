import { describe, expect, it } from 'vitest';
import type { Job, Stats } from '../../src/index.js';
import { call } from '../e2e/process.js';
import { EXPECTATIONS } from '../support/expectations.js';
import { type Answer, idsOf, useCorpus } from './use-corpus.js';

const { server, search } = useCorpus();

const related = async (id: string): Promise<Answer> =>
  (await call<Answer>(server, 'GET', `/v1/documents/${encodeURIComponent(id)}/related`)).body;
const allIdsOf = ({ hits }: Answer): string[] =>
  hits.flatMap((hit) => [hit.document.id, ...hit.duplicates.map(({ id }) => id)]);
const flat = (text: string): string => text.replace(/\s+/g, ' ');

it('was brought in without a failure', async () => {
  const { jobs } = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body;
  // The first of all, since other tests have jobs of their own.
  expect(jobs.at(-1)).toMatchObject({
    status: 'succeeded',
    errors: [],
    counts: { total: EXPECTATIONS.counts.files },
  });
});

describe('questions in other words than the articles', () => {
  /** Where the right document stands, counted from 0, and whether its passages hold the answer. */
  async function answerTo({ query, documents, answer }: (typeof EXPECTATIONS.questions)[number]) {
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
    const answers = await Promise.all(EXPECTATIONS.questions.map(answerTo));
    expect(answers).toHaveLength(20);
    expect(answers.filter(({ rank }) => rank >= 3).map(({ query }) => query).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ rank }) => rank > 0).map(({ query }) => query).length).toBeLessThanOrEqual(8);
    expect(answers.filter(({ answered }) => !answered).map(({ query }) => query).length).toBeLessThanOrEqual(
      4,
    );
  });

  it.each(EXPECTATIONS.unanswerable)('nothing answers: %s', async (query) => {
    expect(idsOf(await search({ query }))).toEqual([]);
    expect(idsOf(await search({ query, minScore: 0 })).length).toBeGreaterThan(0);
  });
});

describe('related articles', () => {
  it.each(EXPECTATIONS.related)('of $document', async ({ document, expect: expected, never }) => {
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
    expect(body.documents).toBe(EXPECTATIONS.counts.documents);
    expect(body.vectors).toBe(body.passages);
  });

  it('folds a wire story and its rewrite into one hit, and relates neither to the other', async () => {
    for (const [one, other] of EXPECTATIONS.nearDuplicates) {
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
    const { file, titles, furniture } = EXPECTATIONS.scraped;
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
      for (const phrase of [...furniture, ...EXPECTATIONS.html.furniture])
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
