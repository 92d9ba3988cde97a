import OpenAI from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const MODEL = 'all-MiniLM-L6-v2';
const server = useApp();
let client: OpenAI;

beforeAll(() => {
  client = new OpenAI({ baseURL: `${server.address}/v1`, apiKey: 'none', maxRetries: 0 });
});

const cosine = (a: number[] = [], b: number[] = []): number =>
  a.reduce((sum, one, place) => sum + one * (b[place] ?? 0), 0);

async function embed(...texts: string[]): Promise<number[][]> {
  const { data } = await client.embeddings.create({ model: MODEL, input: texts });
  expect(data.map(({ index: place }) => place)).toEqual(texts.map((_, place) => place));
  return data.map(({ embedding }) => embedding);
}

describe("OpenAI's client", () => {
  it('gets unit vectors, the same in base64, which it asks for by itself, and in floats', async () => {
    const texts = ['The ferry turned back in the storm.', 'Le bac a fait demi-tour.', ' \u{1f6a2} '];
    const encoded = await embed(...texts);
    const plain = await client.embeddings.create({ model: MODEL, input: texts, encoding_format: 'float' });
    for (const [place, vector] of encoded.entries()) {
      expect(vector).toHaveLength(384);
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      expect(plain.data[place]?.embedding.map(Math.fround)).toEqual(vector);
    }
    expect(plain).toMatchObject({ object: 'list', model: MODEL, data: [{ object: 'embedding' }, {}, {}] });
  });

  it('gets what tells texts apart, alone or among others', async () => {
    const [ferry, crossing, bees] = await embed(
      'The ferry turned back in the storm.',
      'Heavy weather stopped the boat from crossing.',
      'He keeps bees behind the church.',
    );
    expect(cosine(ferry, crossing)).toBeGreaterThan(cosine(ferry, bees) + 0.2);
    const [alone] = await embed('He keeps bees behind the church.');
    expect(cosine(alone, bees)).toBeGreaterThan(0.9999);
  });

  it('is told the tokens', async () => {
    const { usage } = await client.embeddings.create({ model: MODEL, input: ['one two', 'three'] });
    expect(usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
  });

  it('gets of a text that is longer than the window the mean of all its parts', async () => {
    const ferries = 'The ferry to Sandholm turned back because of the storm. '.repeat(60);
    const bees = 'He keeps bees behind the church and sells the honey. '.repeat(60);
    const [both, ferry, bee] = await embed(ferries + bees, ferries, bees);
    expect(cosine(both, both)).toBeCloseTo(1, 5);
    expect(Math.abs(cosine(both, ferry) - cosine(both, bee))).toBeLessThan(0.1);
    expect(cosine(both, bee)).toBeGreaterThan(cosine(ferry, bee) + 0.2);
  });

  it.each<[string, Record<string, unknown>, number, RegExp, string | null]>([
    ['another model', { model: 'text-embedding-3-small', input: 'x' }, 404, /all-MiniLM-L6-v2, not/, 'model'],
    ['tokens', { input: [1, 2, 3] }, 400, /send the text itself/, 'input'],
    ['lists of tokens', { input: [[1, 2], [3]] }, 400, /send the text itself/, 'input'],
    ['a blank text', { input: ['x', '  '] }, 400, /is blank/, 'input.1'],
    ['nothing', { input: [] }, 400, /has no text/, 'input'],
    ['too many', { input: Array(2_049).fill('x') }, 400, /2048/, 'input'],
    ['too much', { input: 'word '.repeat(400_001) }, 400, /2000000 characters/, 'input'],
    ['fewer dimensions', { input: 'x', dimensions: 128 }, 400, /gives 384 dimensions, not 128/, 'dimensions'],
    ['an unknown field', { input: 'x', colour: 'red' }, 400, /colour/, ''],
  ])('shows why %s is refused', async (_what, body, status, message, param) => {
    const asked = client.embeddings.create({ model: MODEL, ...body } as never);
    const error = await asked.then(
      () => null,
      (thrown: unknown) => thrown as InstanceType<typeof OpenAI.APIError>,
    );
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({
      status,
      param,
      code: status === 404 ? 'MODEL_NOT_FOUND' : 'INVALID_REQUEST',
    });
    expect(error?.message).toMatch(message);
  });

  it('takes all the dimensions that there are', async () => {
    const { data } = await client.embeddings.create({ model: MODEL, input: 'x', dimensions: 384 });
    expect(data[0]?.embedding).toHaveLength(384);
  });
});

it('answers 2,048 texts in one request', async () => {
  const input = Array.from({ length: 2_048 }, (_, place) => `Text ${place}.`);
  const { status, body } = await call<{ data: unknown[] }>(server, 'POST', '/v1/embeddings', { input });
  expect([status, body.data.length]).toEqual([200, 2_048]);
});

it('gives other routes no error of that kind', async () => {
  const { body } = await call<object>(server, 'POST', '/v1/search', { query: '' });
  expect(body).not.toHaveProperty('error');
});

it("shows OpenAI's client that a key is needed, and takes it as its own", async () => {
  const key = await server.makeKey({ scope: 'read' });
  await expect(client.embeddings.create({ model: MODEL, input: 'x' })).rejects.toThrow(/401 .*akin keys/);
  const own = new OpenAI({ baseURL: `${server.address}/v1`, apiKey: key });
  expect((await own.embeddings.create({ model: MODEL, input: 'x' })).data).toHaveLength(1);
});
