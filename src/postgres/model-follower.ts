import type { Config } from '../config.js';
import type { ModelFingerprint } from '../embedding/embedder.js';
import { AkinError, errorMessage } from '../errors.js';
import { startNext } from '../maintenance/model-switch.js';
import { type ReadingParts, readerOptions } from '../reading-parts.js';
import type { PostgresIndex } from './postgres-index.js';

/** Lets this process embed with the model of the index, also when another process has embedded it anew. */
export class ModelFollower {
  readonly #index: PostgresIndex;
  readonly #reading: ReadingParts;
  readonly #config: Config;
  #following: Promise<void> = Promise.resolve();

  constructor(index: PostgresIndex, reading: ReadingParts, config: Config) {
    this.#index = index;
    this.#reading = reading;
    this.#config = config;
    reading.embedder.waitFor(() => (this.#isCurrent ? Promise.resolve() : this.catchUp()));
    index.onCount(() => {
      this.catchUp().catch((error: unknown) => {
        process.emitWarning(`The model of the index can't be loaded: ${errorMessage(error)}`);
      });
    });
  }

  /** @throws AkinError NOT_READY while the model that embeds is not that of the index */
  check(): void {
    if (this.#isCurrent) return;
    throw new AkinError(
      'NOT_READY',
      'The index was embedded anew with another model, which is being loaded. Try again in a moment.',
    );
  }

  /** Resolves when this process has the model of the index. */
  catchUp(): Promise<void> {
    this.#following = this.#following.catch(() => undefined).then(() => this.#follow());
    return this.#following;
  }

  /** The same by what the database says now, of which this process may not have been told yet. */
  async readAndCatchUp(): Promise<void> {
    await this.#index.count();
    if (this.#index.model === null)
      throw new AkinError('MODEL_MISMATCH', 'The database was emptied under this process. Start it again.');
    await this.catchUp();
  }

  get #isCurrent(): boolean {
    return [null, JSON.stringify(this.#reading.embedder.fingerprint)].includes(this.#index.model);
  }

  async #follow(): Promise<void> {
    const { model: wanted } = this.#index;
    if (wanted === null || this.#isCurrent) return;
    const {
      model: name,
      dtype,
      pooling,
      queryPrefix,
      passagePrefix,
    } = JSON.parse(wanted) as ModelFingerprint;
    const config = { ...this.#config, model: name, dtype, pooling, queryPrefix, passagePrefix };
    const { model, embedder, reader } = await startNext(config);
    await reader.close();
    if (JSON.stringify(embedder.fingerprint) !== wanted) {
      await embedder.close();
      throw new AkinError(
        'MODEL_MISMATCH',
        `The index was embedded with ${name} (${dtype}) of other files than those that are here. Put the same model in the models folder, and start again.`,
      );
    }
    await Promise.all([
      this.#reading.embedder.replace(embedder),
      this.#reading.reader.replace(readerOptions(config, model)),
    ]);
  }
}
