import { createHash } from 'node:crypto';
import { signatureOf } from '../../src/documents/shingles.js';
import type { Embedder, ModelFingerprint } from '../../src/embedding/embedder.js';
import { unitVector } from '../../src/embedding/vector-math.js';
import type { IdentifiedDocument } from '../../src/ingest/document-writer.js';
import { sentencesOf } from '../../src/search/sentences.js';
import type { Storage } from '../../src/storage/storage.js';
import { type Random, seededRandom } from './random.js';

/** As many as a short article has. */
const PASSAGES_PER_DOCUMENT = 5;
const SENTENCES_PER_PASSAGE = 3;
/** What a second real passage adds to the vector of the first, and how long the disturbance is. */
const OTHER_SHARE = 0.4;
const DISTURBANCE = 0.3;
const READ_AT_ONCE = 512;

/** A real passage that synthetic ones are made of. */
interface RealPassage {
  vector: Float32Array;
  sentences: string[];
}

/** Makes documents that look like real ones to an index, and gives their vectors without embedding. */
export class SyntheticDocuments implements Embedder {
  readonly fingerprint: ModelFingerprint;
  readonly #passages: RealPassage[];
  readonly #seed: number;
  /** Of the documents that were made and are not written yet, by what would be embedded. */
  readonly #vectors = new Map<string, Float32Array>();

  /** @param bases storages of real documents, made by one model */
  constructor(bases: Storage[], seed: number) {
    const [first] = bases;
    const fingerprint = first?.fingerprint();
    if (!fingerprint) throw new Error('Name an index of real documents that holds some.');
    this.fingerprint = JSON.parse(fingerprint);
    this.#passages = bases.flatMap(realPassages);
    this.#seed = seed;
  }

  /** The document with this number: the same one each time. */
  make(number: number): IdentifiedDocument {
    const random = seededRandom(this.#seed * 0x1000193 + number);
    const id = `synthetic/${number}`;
    const subject = random.below(this.#passages.length);
    const texts: string[] = [];
    const passages = Array.from({ length: PASSAGES_PER_DOCUMENT }, (_, place) => {
      const own = this.#passages[(subject + place) % this.#passages.length];
      if (!own) throw new Error('The bases hold no passage.');
      const sentences = [random.oneOf(own.sentences)];
      while (sentences.length < SENTENCES_PER_PASSAGE)
        sentences.push(random.oneOf(random.oneOf(this.#passages).sentences));
      const start = texts.reduce((length, text) => length + text.length + 1, 0);
      const text = sentences.join(' ');
      texts.push(text);
      const input = `${id} ${place}`;
      this.#vectors.set(input, mixed(own.vector, random.oneOf(this.#passages).vector, random));
      return { start, end: start + text.length, text, page: null, heading: null, tokens: 64, input };
    });
    const text = texts.join('\n');
    const title = text.split(/\s+/).slice(0, 8).join(' ');
    const unknown = { url: null, author: null, publishedAt: null, tags: [], metadata: {} };
    return {
      id,
      file: null,
      fields: { ...unknown, title, source: `source ${number % 20}`, language: 'en' },
      text,
      hash: createHash('sha256').update(text).digest('hex'),
      signature: signatureOf(text),
      passages,
    };
  }

  async embedQuery(): Promise<Float32Array> {
    throw new Error('Synthetic documents are asked no queries.');
  }

  async embedPassages(texts: { text: string }[]): Promise<Float32Array[]> {
    return texts.map(({ text }) => {
      const vector = this.#vectors.get(text);
      if (!vector) throw new Error(`${text} was not made.`);
      this.#vectors.delete(text);
      return vector;
    });
  }

  async close(): Promise<void> {
    this.#vectors.clear();
  }
}

function realPassages({ documents, vectors }: Storage): RealPassage[] {
  const passages: RealPassage[] = [];
  for (let last = 0; ; ) {
    const rows = vectors.after(last, READ_AT_ONCE);
    const texts = documents.passagesById(rows.map(({ id }) => id));
    for (const { id, vector } of rows) {
      const text = texts.get(id)?.text ?? '';
      const sentences = sentencesOf(text, 'en').map(([start, end]) => text.slice(start, end));
      if (sentences.length > 0) passages.push({ vector: Float32Array.from(vector), sentences });
      last = id;
    }
    if (rows.length < READ_AT_ONCE) return passages;
  }
}

function mixed(one: Float32Array, other: Float32Array, random: Random): Float32Array {
  const deviation = DISTURBANCE / Math.sqrt(one.length);
  return unitVector(
    one.map((value, i) => value + OTHER_SHARE * (other[i] ?? 0) + deviation * random.normal()),
  );
}
