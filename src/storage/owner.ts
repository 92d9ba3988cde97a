import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process that has an index open; told to a second one. The lock itself is SQLite's. */
export interface Owner {
  pid: number;
  /** Of its HTTP server, where it has one: `http://127.0.0.1:3000`. */
  address: string | null;
}

const FILE = 'owner.json';
const KEY_FILE = 'owner.key';
/** The first of them is zero: what stands in a file like that is never taken for text, so no answer can show it. */
const KEY_BYTES = 33;

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

/**
 * Makes a key by which a server knows requests of the user that runs it: only that user can read the file. With it
 * a request may name files of this machine.
 */
export function writeOwnerKey(folder: string): string {
  const key = randomBytes(KEY_BYTES).fill(0, 0, 1);
  rmSync(join(folder, KEY_FILE), { force: true });
  writeFileSync(join(folder, KEY_FILE), key, { mode: 0o600, flag: 'wx' });
  return key.toString('base64url');
}

/** The key of the server that holds the index, or null where this user may not read it. */
export function readOwnerKey(folder: string): string | null {
  try {
    return readFileSync(join(folder, KEY_FILE)).toString('base64url');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'EACCES', 'EPERM'].includes(code)) return null;
    throw error;
  }
}

export function removeOwner(folder: string): void {
  for (const file of [FILE, KEY_FILE]) rmSync(join(folder, file), { force: true });
}
