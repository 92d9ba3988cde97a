import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process that has an index open; told to a second one. The lock itself is SQLite's. */
export interface Owner {
  pid: number;
  /** Of its HTTP server, where it has one: `http://127.0.0.1:3000`. */
  address: string | null;
}

const FILE = 'owner.json';

export function writeOwner(folder: string, owner: Owner): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(owner)}\n`);
}

/** Who wrote the note last, or null where there is none that can be read. */
export function readOwner(folder: string): Owner | null {
  try {
    const { pid, address } = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    return { pid: Number(pid), address: typeof address === 'string' ? address : null };
  } catch {
    // A note for people: without it the answer only says less.
    return null;
  }
}

export function removeOwner(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}
