import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { BUNDLED_MODEL, hashOfFile, installBundledModel } from '../../src/embedding/bundled/install.js';
import { CrossEncoder } from '../../src/embedding/cross-encoder.js';
import type { DownloadProgress } from '../../src/embedding/download.js';
import { type ModelSettings, prepareModel, prepareReranker } from '../../src/embedding/local-model.js';
import { SentenceEncoder } from '../../src/embedding/sentence-encoder.js';
import { dot } from '../../src/embedding/vector-math.js';
import { writeCrossEncoder } from '../support/cross-encoder-model.js';

const folder = mkdtempSync(join(tmpdir(), 'akin-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

function settings(changes: Partial<ModelSettings> = {}): ModelSettings {
  return { ...loadConfig({ environment: {}, folder }).config, modelsFolder: folder, ...changes };
}

const TEXTS = [
  'Who pays for the tidal power plant?',
  'A quarter of the price comes from a state fund, the rest from two pension funds. '.repeat(12),
  'Rain.',
  'Die Fähre fährt seit Montag ohne Diesel; geladen wird sie nachts am Anleger.',
  '上海市人民政府 — 2025 年',
  'The orchards must be cleared. '.repeat(40),
  'x',
  'Ransomware halted the harbour: twenty-seven ships lay at anchor while clerks wrote by hand.',
];

async function vectorsOf(encoder: SentenceEncoder, texts: string[]): Promise<Float32Array[]> {
  const flat = await encoder.encode(texts);
  const width = flat.length / texts.length;
  return texts.map((_, index) => flat.slice(index * width, (index + 1) * width));
}

describe.each(['int8', 'float32'] as const)('the bundled model in %s', (dtype) => {
  let encoder: SentenceEncoder;
  beforeAll(async () => {
    encoder = await SentenceEncoder.load(await prepareModel(settings({ dtype })));
  });

  it('gives a text the same vector alone, in any batch, and again', async () => {
    const together = await vectorsOf(encoder, TEXTS);
    const turned = (await vectorsOf(encoder, [...TEXTS].reverse())).reverse();
    for (const [index, text] of TEXTS.entries()) {
      const [alone] = await vectorsOf(encoder, [text]);
      const [again] = await vectorsOf(encoder, [text]);
      for (const other of [together[index], turned[index], again]) {
        expect(dot(alone ?? new Float32Array(), other ?? new Float32Array())).toBeGreaterThanOrEqual(0.9999);
      }
    }
  });

  it('gives vectors of length 1 that put like to like', async () => {
    const [question, answer, other] = await vectorsOf(encoder, [
      'How do you train a dog?',
      'Reward your puppy at once when it obeys.',
      'The central bank left interest rates unchanged.',
    ]);
    if (!question || !answer || !other) throw new Error('three vectors were asked for');
    for (const vector of [question, answer, other]) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(dot(question, answer)).toBeGreaterThan(dot(question, other) + 0.2);
  });
});

it('comes close to float32 in int8', async () => {
  const [small, exact] = await Promise.all(
    (['int8', 'float32'] as const).map(async (dtype) =>
      vectorsOf(await SentenceEncoder.load(await prepareModel(settings({ dtype }))), TEXTS),
    ),
  );
  const cosines = (small ?? []).map((vector, index) => dot(vector, exact?.[index] ?? new Float32Array()));
  expect(cosines).toHaveLength(TEXTS.length);
  expect(cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length).toBeGreaterThan(0.995);
});

it('gives a query the same vector alone, beside others, and again', async () => {
  const dist = (path: string): string => JSON.stringify(new URL(`../../dist/${path}`, import.meta.url).href);
  const script = `
    import { LocalEmbedder } from ${dist('embedding/local-embedder.js')};
    import { prepareModel } from ${dist('embedding/local-model.js')};
    const model = await prepareModel(${JSON.stringify(settings())});
    const texts = ${JSON.stringify(TEXTS)};
    const embedQueries = async (inTurn) => {
      const embedder = await LocalEmbedder.start(model, { threads: 1 });
      const vectors = [];
      if (inTurn) for (const text of texts) vectors.push(await embedder.embedQuery(text));
      else vectors.push(...(await Promise.all(texts.map((text) => embedder.embedQuery(text)))));
      const again = await embedder.embedQuery(texts[0]);
      await embedder.close();
      return [...vectors, again].map((vector) => [...vector]);
    };
    console.log(JSON.stringify([await embedQueries(true), await embedQueries(false)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const [alone, together] = JSON.parse(stdout) as number[][][];
  expect(alone?.at(-1)).toEqual(alone?.[0]);
  expect(together).toEqual(alone);
});

describe('installing the bundled model', () => {
  it('writes a damaged file anew and leaves whole ones alone', async () => {
    const models = mkdtempSync(join(folder, 'damaged-'));
    const installed = await installBundledModel(models, 'int8');
    const graph = join(installed, 'onnx', 'model_quantized.onnx');
    const tokenizer = join(installed, 'tokenizer.json');
    const before = { hash: await hashOfFile(graph), written: statSync(tokenizer).mtimeMs };
    const bytes = readFileSync(graph);
    bytes[5_000_000] = (bytes[5_000_000] ?? 0) ^ 1;
    writeFileSync(graph, bytes);
    await installBundledModel(models, 'int8');
    expect(await hashOfFile(graph)).toBe(before.hash);
    expect(statSync(tokenizer).mtimeMs).toBe(before.written);
  });

  it('is safe when two processes do it at once', async () => {
    const models = mkdtempSync(join(folder, 'twice-'));
    const script = `
      import { prepareModel } from ${JSON.stringify(new URL('../../dist/embedding/local-model.js', import.meta.url).href)};
      const model = await prepareModel(${JSON.stringify(settings({ modelsFolder: models }))});
      console.log(model.sha256);`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const [one, other] = await Promise.all([run(), run()]);
    expect(one.stdout).toBe(other.stdout);
    expect(one.stdout.trim()).toBe((await prepareModel(settings())).sha256);
  });
});

/** A hub whose model `someone/small` is a folder; `asked` are the addresses that were asked for. */
async function hubWith(source: string): Promise<{
  hubUrl: string;
  asked: string[];
  close: () => Promise<void>;
}> {
  const asked: string[] = [];
  const hub = createServer((request, response) => {
    asked.push(request.url ?? '');
    const name = /^\/someone\/small\/resolve\/main\/(.+)$/.exec(request.url ?? '')?.[1];
    try {
      const bytes = readFileSync(join(source, name ?? '?'));
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  const hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`;
  const close = () => new Promise<void>((resolve) => void hub.close(() => resolve()));
  return { hubUrl, asked, close };
}

describe('a model from elsewhere', () => {
  it('is loaded from a folder and then gives the same vectors', async () => {
    const bundled = await prepareModel(settings({ dtype: 'float32' }));
    const other = await prepareModel(settings({ model: bundled.folder, dtype: 'float32' }));
    const [a] = await vectorsOf(await SentenceEncoder.load(bundled), [TEXTS[1] ?? '']);
    const [b] = await vectorsOf(await SentenceEncoder.load({ ...other, window: bundled.window }), [
      TEXTS[1] ?? '',
    ]);
    expect(dot(a ?? new Float32Array(), b ?? new Float32Array())).toBeCloseTo(1, 5);
  });

  it('is refused where the folder holds none', async () => {
    await expect(
      prepareModel(settings({ model: mkdtempSync(join(folder, 'empty-')) })),
    ).rejects.toMatchObject({
      code: 'MODEL_INVALID',
    });
  });

  it('is downloaded once from a hub, with progress, and used from then on without it', async () => {
    const source = await installBundledModel(folder, 'int8');
    const { hubUrl, asked, close } = await hubWith(source);
    const chosen = settings({ model: 'someone/small', dtype: 'int8', hubUrl });
    const progress: DownloadProgress[] = [];
    const model = await prepareModel(chosen, (event) => progress.push(event));
    await close();
    expect(model.sha256).toBe((await prepareModel(settings())).sha256);
    expect(progress.some(({ loaded, total }) => total > 20_000_000 && loaded === total)).toBe(true);
    const requests = asked.length;
    expect((await prepareModel(chosen)).folder).toBe(model.folder);
    expect(asked.length).toBe(requests);
  });

  it('says what to do where the hub does not answer', async () => {
    const chosen = settings({ model: 'nobody/nothing', hubUrl: 'http://127.0.0.1:9/' });
    await expect(prepareModel(chosen)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('AKIN_HUB_URL'),
    });
  });

  it(`is never mistaken for ${BUNDLED_MODEL}`, async () => {
    await expect(prepareModel(settings({ model: './no/such/folder' }))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
  });
});

describe('a reranker', () => {
  it('is downloaded once from a hub, and then scores pairs without it', async () => {
    const source = mkdtempSync(join(folder, 'cross-encoder-'));
    await writeCrossEncoder(source, { wanted: 'ferry', breaking: 'thunder', dtype: 'float32' });
    const { hubUrl, asked, close } = await hubWith(source);
    const chosen = {
      model: 'someone/small',
      modelsFolder: mkdtempSync(join(folder, 'rerankers-')),
      dtype: 'float32',
      hubUrl,
    } as const;
    await prepareReranker(chosen);
    await close();
    const requests = asked.length;
    const encoder = await CrossEncoder.load(await prepareReranker(chosen));
    expect(asked.length).toBe(requests);
    const [low, high] = await encoder.score('ferry', ['The train is late.', 'The ferry is late.']);
    expect([low, high]).toEqual([expect.closeTo(0.018, 3), expect.closeTo(0.982, 3)]);
  });

  it('reads a passage longer than its window up to there', async () => {
    const source = mkdtempSync(join(folder, 'cross-encoder-'));
    await writeCrossEncoder(source, { wanted: 'ferry', breaking: 'thunder', dtype: 'float32' });
    const model = await prepareReranker({ ...settings(), model: source, dtype: 'float32' });
    const encoder = await CrossEncoder.load(model);
    const filler = 'rain '.repeat(model.window);
    const [late, early] = await encoder.score('boats', [`${filler} ferry`, `ferry ${filler}`]);
    expect([late, early]).toEqual([expect.closeTo(0.018, 3), expect.closeTo(0.982, 3)]);
  });
});
