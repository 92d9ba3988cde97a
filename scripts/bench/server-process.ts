import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const LISTENING = /at (http:\/\/[^\s]+)/;

/** `akin serve` as a user starts it, in a process of its own. */
export class ServerProcess {
  readonly address: string;
  readonly child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.child = child;
    this.address = address;
  }

  /**
   * Resolves when it serves.
   * @param preload a module that is loaded before it
   */
  static async start(index: string, preload?: URL): Promise<ServerProcess> {
    const child = fork(main, ['serve', '--index', index, '--port', '0'], {
      execArgv: preload ? ['--import', preload.href] : [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    let output = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, found] = LISTENING.exec(output) ?? [];
        if (found) resolve(found);
      });
      child.once('close', () => reject(new Error(`The server ended: ${output}`)));
    });
    return new ServerProcess(child, address);
  }

  /** A search as a client makes it; gives its answer's text. */
  async search(query: string): Promise<string> {
    const response = await fetch(`${this.address}/v1/search`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The server answered ${response.status}: ${text}`);
    return text;
  }

  async stop(): Promise<void> {
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}
