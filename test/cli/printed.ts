import { CommanderError } from 'commander';
import { vi } from 'vitest';
import { createProgram } from '../../src/cli/program.js';

/** What a command that opens no index prints. */
export async function printed(...args: string[]): Promise<string> {
  const parts: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  } finally {
    spy.mockRestore();
  }
  return parts.join('');
}
