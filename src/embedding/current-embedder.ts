import { UnderWay } from '../workers/under-way.js';
import type { Embedder, ModelFingerprint, SizedText } from './embedder.js';

/** The embedder that serves now; another may take its place while it does. */
export class CurrentEmbedder implements Embedder {
  #current: Embedder;
  #underWay = new UnderWay();
  #before: () => Promise<void> = async () => undefined;

  constructor(current: Embedder) {
    this.#current = current;
  }

  /** @param before is waited for before each embedding: another model may have to take its place. */
  waitFor(before: () => Promise<void>): void {
    this.#before = before;
  }

  /** Resolves when nothing has to be waited for. */
  ready(): Promise<void> {
    return this.#before();
  }

  /** The same object as long as the model is. */
  get fingerprint(): ModelFingerprint {
    return this.#current.fingerprint;
  }

  async embedQuery(text: string): Promise<Float32Array> {
    await this.#before();
    return this.#underWay.track(this.#current.embedQuery(text));
  }

  async embedPassages(texts: SizedText[], options?: { urgent?: boolean }): Promise<Float32Array[]> {
    await this.#before();
    return this.#underWay.track(this.#current.embedPassages(texts, options));
  }

  /** From now on another serves; resolves when the former has done what it was asked for and is closed. */
  async replace(next: Embedder): Promise<void> {
    const [former, underWay] = [this.#current, this.#underWay];
    this.#current = next;
    this.#underWay = new UnderWay();
    await underWay.settled();
    await former.close();
  }

  close(): Promise<void> {
    return this.#current.close();
  }
}

/** Embeds, and once more where the model was changed meanwhile: what it gives is of the model that serves now. */
export async function withOneModel<Result>(
  embedder: Embedder,
  embed: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const model = embedder.fingerprint;
    const result = await embed();
    if (embedder.fingerprint === model) return result;
  }
}
