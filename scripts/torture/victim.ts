import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Random } from '../bench/random.js';
import { databaseFor } from '../database-for-tests.js';
import { childrenOf, killNow } from './children.js';

/** The command line's program. */
export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const LISTENING = /at (http:\/\/[^\s]+)/;

export interface Reply {
  status: number;
  body: unknown;
}

/** A server on an index folder that may be killed at any instant. */
export class Victim {
  /** Resolves with its address when it serves. */
  readonly ready: Promise<string>;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #output = '';
  #address = '';
  #killed = false;

  constructor(index: string) {
    this.#child = spawn(process.execPath, [main, 'serve', '--index', index, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...databaseFor(index) },
    });
    this.#closed = once(this.#child, 'close');
    this.ready = new Promise((resolve, reject) => {
      this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        const [, address] = LISTENING.exec(this.#output) ?? [];
        if (address === undefined) return;
        this.#address = address;
        resolve(address);
      });
      this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
      this.#child.once('close', () => reject(new Error(`The server ended: ${this.#output}`)));
    });
    // A kill while it starts is no failure; who waits for it learns of any other end.
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isKilled(): boolean {
    return this.#killed;
  }

  /** Whether it has ended without being killed. */
  get hasFallen(): boolean {
    return !this.#killed && (this.#child.exitCode !== null || this.#child.signalCode !== null);
  }

  /** What it wrote. */
  get output(): string {
    return this.#output;
  }

  /** A request; null where the server was killed before it answered. */
  async ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Reply | null> {
    try {
      const response = await fetch(this.#address + path, {
        method,
        ...(body === undefined
          ? {}
          : {
              headers: { 'Content-Type': type },
              body: typeof body === 'string' ? body : JSON.stringify(body),
            }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    } catch (error) {
      if (this.#killed) return null;
      throw new Error(`${method} ${path} got no answer: ${this.#output}`, { cause: error });
    }
  }

  /** Ends one of the processes that read, embed and mark, as a system without memory does. */
  killChild(random: Random): void {
    const children = childrenOf(this.pid);
    if (children.length > 0) killNow(random.oneOf(children));
  }

  /** Ends it as a power cut ends a program. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    this.#killed = true;
    this.#child.kill('SIGTERM');
    await this.#closed;
  }
}
