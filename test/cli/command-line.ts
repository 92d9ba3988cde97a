import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { Akin } from '../../src/akin.js';
import type { createProgram } from '../../src/cli/program.js';
import type { run } from '../../src/cli/run.js';

export interface Printed {
  status: number;
  stdout: string;
  stderr: string;
}

export interface CommandLineOptions {
  /** The index that the command works on. */
  akin?: Partial<Akin>;
  /** What comes on standard input. Default: nothing */
  input?: string;
  env?: Record<string, string>;
}

/**
 * Runs a command line in this process. One at a time: what it prints is caught for as long as it runs.
 * @param program of src/, or of dist/ where the index is one that dist/ has opened
 */
export async function runCommandLine(
  program: { createProgram: typeof createProgram; run: typeof run },
  args: string[],
  { akin, input = '', env = {} }: CommandLineOptions = {},
): Promise<Printed> {
  const open = async (): Promise<Akin> => {
    if (!akin) throw new Error('This command line is one that opens no index.');
    return staysOpen(akin as Akin);
  };
  const printed = { stdout: '', stderr: '' };
  const write = (stream: keyof typeof printed) => (part: unknown) => {
    printed[stream] += String(part);
    return true;
  };
  const log =
    (stream: keyof typeof printed) =>
    (...words: unknown[]): void =>
      void write(stream)(`${words.join(' ')}\n`);
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(log('stdout')),
    vi.spyOn(console, 'error').mockImplementation(log('stderr')),
    vi.spyOn(process.stdout, 'write').mockImplementation(write('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(write('stderr')),
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await program.run(program.createProgram({ open }), args);
    return { status: Number(process.exitCode), ...printed };
  } finally {
    process.exitCode = before;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** An index that a command does not close. */
function staysOpen(akin: Akin): Akin {
  return new Proxy(akin, {
    get: (target, name: keyof Akin) => {
      if (name === 'close') return async () => undefined;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
