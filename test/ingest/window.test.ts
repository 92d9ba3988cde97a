import { expect, it } from 'vitest';
import type { ModelFingerprint } from '../../src/embedding/embedder.js';
import { AkinError } from '../../src/errors.js';
import type { EmbeddedDocuments, IdentifiedDocument } from '../../src/ingest/document-writer.js';
import { emptyUnit, type Unit } from '../../src/ingest/units.js';
import { nextWindow } from '../../src/ingest/window.js';

const PASSAGE = { text: '', start: 0, end: 0, page: null, heading: null, tokens: 0, input: '' };

function documentOf(id: string, passages: number): IdentifiedDocument {
  const fields = {
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language: null,
    tags: [],
    metadata: {},
  };
  const signature = new Uint32Array();
  return {
    id,
    file: null,
    fields,
    text: '',
    hash: id,
    signature,
    passages: Array(passages).fill(PASSAGE),
  };
}

async function* unitsOf(...sizes: number[]): AsyncGenerator<Unit> {
  for (const [index, size] of sizes.entries())
    yield { ...emptyUnit(index + 1), documents: [documentOf(`document ${index}`, size)] };
}

/** Notes what it is given to embed, and never gets done with it. */
class Writer {
  readonly given: string[][] = [];

  embed(documents: IdentifiedDocument[]): Promise<EmbeddedDocuments> {
    this.given.push(documents.map(({ id }) => id));
    return new Promise(() => undefined);
  }
}

it('begins to embed a window while the one before is under way', async () => {
  const writer = new Writer();
  const units = unitsOf(500, 12, 600, 1);
  await nextWindow(units, writer);
  await nextWindow(units, writer);
  await nextWindow(units, writer);
  expect(writer.given).toEqual([['document 0', 'document 1'], ['document 2'], ['document 3']]);
  expect(await nextWindow(units, writer)).toBeNull();
});

it('leaves a failure to embed to the one who writes the window', async () => {
  const window = await nextWindow(unitsOf(1), { embed: () => Promise.reject(new Error('out of luck')) });
  await new Promise(setImmediate);
  await expect(window?.embedded).rejects.toThrow('out of luck');
});

it('names the document that ends the process each time, and embeds the others', async () => {
  const died = new AkinError('PROCESS_DIED', 'The process ended.');
  async function* files(): AsyncGenerator<Unit> {
    for await (const unit of unitsOf(1, 2, 1)) {
      const record = { path: `${unit.position}`, hash: '', reading: null, place: null, readMs: null };
      yield { ...unit, file: { kind: 'read', record, failures: [], held: [] } };
    }
  }
  const model = {} as ModelFingerprint;
  const embed = async (documents: IdentifiedDocument[]): Promise<EmbeddedDocuments> => {
    if (documents.some(({ id }) => id === 'document 1')) throw died;
    return { documents, vectors: new Map(documents.map((document) => [document, []])), model };
  };
  const window = await nextWindow(files(), { embed });
  const embedded = await window?.embedded;
  const failure = { item: 'document 1', code: 'PROCESS_DIED', detail: 'The process ended.' };
  expect(embedded?.units.map((unit) => unit.documents.map(({ id }) => id))).toEqual([
    ['document 0'],
    [],
    ['document 2'],
  ]);
  expect(embedded?.units.map((unit) => unit.failures)).toEqual([[], [failure], []]);
  expect(embedded?.units[1]?.file).toMatchObject({ failures: [failure] });
  expect(embedded?.documents.documents.map(({ id }) => id)).toEqual(['document 0', 'document 2']);
  expect(embedded?.documents.vectors.size).toBe(2);
});
