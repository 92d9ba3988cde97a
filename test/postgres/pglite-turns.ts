import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { message, readMessages, text } from './wire.js';

/** Statements of one client that belong together, up to where it waits for an answer. */
export interface Turn {
  owner: Socket;
  bytes: Buffer;
  /** What a COPY in it reads. */
  blob?: Blob;
}

/** The statements that a client of Akin's sends first. */
const SETTINGS = /^Q[\s\S]{4}SET search_path/;
const LISTEN = /\bLISTEN\s+"?([^"\s;]+)"?/i;

/**
 * Shares the one session that PGlite has among many clients: their statements run one after another, and while one has a
 * transaction open, the others wait. So they can't see each other's open transactions or wait for each other's locks. What
 * a client is set to when it comes, its schema most of all, is set again whenever its turn comes after another's.
 */
export class Turns {
  readonly #database: PGlite;
  readonly #listeners = new Map<string, Set<Socket>>();
  readonly #settings = new WeakMap<Socket, Buffer>();
  #last: Socket | null = null;
  #waiting: Turn[] = [];
  /** Who has a transaction open. */
  #holder: Socket | null = null;
  #isRunning = false;

  constructor(database: PGlite) {
    this.#database = database;
  }

  add(turn: Turn): void {
    this.#waiting.push(turn);
    void this.#run();
  }

  /** A client is gone, and its transaction with it. */
  leave(owner: Socket): void {
    this.#waiting = this.#waiting.filter((turn) => turn.owner !== owner);
    for (const listeners of this.#listeners.values()) listeners.delete(owner);
    if (this.#holder === owner || this.#isRunning) this.add({ owner, bytes: message('Q', text('ROLLBACK')) });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let turn = this.#next(); turn; turn = this.#next()) await this.#take(turn);
    this.#isRunning = false;
  }

  #next(): Turn | undefined {
    // Who is gone and has no transaction open leaves nothing to roll back.
    this.#waiting = this.#waiting.filter(({ owner }) => !owner.destroyed || this.#holder === owner);
    const at = this.#waiting.findIndex(({ owner }) => this.#holder === null || this.#holder === owner);
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  async #take({ owner, bytes, blob }: Turn): Promise<void> {
    const channel = LISTEN.exec(bytes.toString('latin1'))?.[1];
    if (channel) this.#listeners.set(channel, (this.#listeners.get(channel) ?? new Set()).add(owner));
    await this.#settle(owner, bytes);
    await this.#database._handleBlob(blob);
    const answer = Buffer.from(await this.#database.execProtocolRaw(bytes));
    await this.#database._cleanupBlob();
    for (const { type, bytes: whole, body } of readMessages(answer).messages) {
      if (type === 'A') this.#notify(whole, body);
      else owner.write(whole);
      if (type === 'Z') this.#holder = String(body) === 'I' ? null : owner;
    }
  }

  async #settle(owner: Socket, bytes: Buffer): Promise<void> {
    if (SETTINGS.test(bytes.toString('latin1'))) this.#settings.set(owner, bytes);
    const settings = this.#settings.get(owner);
    if (settings && this.#last !== owner) await this.#database.execProtocolRaw(settings);
    this.#last = owner;
  }

  /** PGlite tells its one session, whoever of its clients listens. */
  #notify(whole: Buffer, body: Buffer): void {
    const channel = String(body.subarray(4)).split('\0')[0] ?? '';
    for (const listener of this.#listeners.get(channel) ?? []) listener.write(whole);
  }
}
