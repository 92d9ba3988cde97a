import { Client, type ClientConfig } from 'pg';

/** How long to wait before asking again, while no notifications come. */
const PAUSE_MS = 1_000;

export interface RevisionOptions {
  /** For the connection that listens; null where there shall be none. */
  listener: ClientConfig | null;
  channel: string;
  /** Reads the number from its table. */
  ask: () => Promise<number>;
}

/**
 * The number of the last write that this process knows of. Those of other processes are told by the server; while no
 * connection for that is to be had, the table is asked every second.
 */
export class Revision {
  readonly #options: RevisionOptions;
  readonly #listeners = new Set<() => void>();
  #number = 0;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: RevisionOptions) {
    this.#options = options;
  }

  get number(): number {
    return this.#number;
  }

  /** Resolves when the number is known. */
  async start(): Promise<void> {
    if (this.#options.listener) await this.#listen(this.#options.listener);
    await this.#catchUp();
    if (!this.#client) this.#later();
  }

  /** A write of this process, or one that was told of. */
  saw(number: number): void {
    // Notifications may come later than what this process wrote after them.
    if (number > this.#number) this.#set(number);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#client?.end();
  }

  async #listen(config: ClientConfig): Promise<void> {
    const client = new Client(config);
    client.on('notification', ({ payload }) => this.saw(Number(payload)));
    client.on('error', () => this.#unheard(client));
    client.on('end', () => this.#unheard(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`LISTEN "${this.#options.channel}"`);
    } catch {
      // Whoever searches or writes is told what is wrong with the server; here it is only asked again.
      this.#unheard(client);
    }
    if (this.#closed) await client.end();
  }

  /** The connection is gone or could not be had. */
  #unheard(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.end().catch(() => this.#later());
    this.#later();
  }

  #later(): void {
    if (this.#closed) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#again(), PAUSE_MS);
    this.#timer.unref();
  }

  async #again(): Promise<void> {
    const { listener } = this.#options;
    if (listener && !this.#client) await this.#listen(listener);
    // What was written before somebody listens is told to nobody.
    const isKnown = await this.#catchUp().then(
      () => true,
      () => false,
    );
    if (!isKnown || !this.#client) this.#later();
  }

  /** Takes the table's number, even a lower one: after a fail-over, writes may be missing. */
  async #catchUp(): Promise<void> {
    const before = this.#number;
    const number = await this.#options.ask();
    if (this.#number === before) this.#set(number);
    else this.saw(number);
  }

  #set(number: number): void {
    if (number === this.#number) return;
    this.#number = number;
    for (const listener of this.#listeners) listener();
  }
}
