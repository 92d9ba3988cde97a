import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AkinError } from '../errors.js';
import {
  type AccessKey,
  type AccessKeys,
  inOrder,
  makeKey,
  type NewKey,
  type StoredKey,
  storedKey,
  withoutHash,
} from './access-keys.js';

const FOLDER = 'keys';
const FILE = /^([0-9a-f]{12})\.json$/;

/**
 * The keys of an index: one small file for each in `keys/`, which only its user can read. A command can write them while
 * a server holds the database, and the server knows by the names in the folder, at once, which keys there are.
 */
export class KeyFolder implements AccessKeys {
  readonly #folder: string;
  /** A file never changes, so what was read of it holds for as long as its name is there. */
  readonly #read = new Map<string, StoredKey>();

  /** @param index the folder of the index */
  constructor(index: string) {
    this.#folder = join(index, FOLDER);
  }

  create(wanted: NewKey): AccessKey & { key: string } {
    const { stored, text } = makeKey(wanted);
    this.keep(stored);
    return { ...withoutHash(stored), key: text };
  }

  /** Keeps a key that was made elsewhere, where there is none with its id. */
  keep(stored: StoredKey): void {
    if (this.ids().includes(stored.id)) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, `${stored.id}.json`);
    writeFileSync(`${path}.new`, `${JSON.stringify(stored)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(`${path}.new`, path);
  }

  list(): AccessKey[] {
    return inOrder(this.all());
  }

  all(): StoredKey[] {
    return this.ids().flatMap((id) => this.find(id) ?? []);
  }

  revoke(id: string): boolean {
    const isThere = this.ids().includes(id);
    if (isThere) rmSync(join(this.#folder, `${id}.json`), { force: true });
    return isThere;
  }

  /** Which keys there are. A folder that can't be read is a failure, not a folder without keys. */
  ids(): string[] {
    if (!statSync(this.#folder, { throwIfNoEntry: false })) return [];
    return readdirSync(this.#folder).flatMap((name) => FILE.exec(name)?.[1] ?? []);
  }

  find(id: string): StoredKey | null {
    if (!this.ids().includes(id)) return null;
    const known = this.#read.get(id) ?? this.#load(id);
    if (known) this.#read.set(id, known);
    return known;
  }

  #load(id: string): StoredKey | null {
    const path = join(this.#folder, `${id}.json`);
    try {
      return storedKey.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      // It was revoked just now.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new AkinError(
        'INDEX_DAMAGED',
        `The key file ${path} can't be read. Delete it, which revokes the key, and make another with akin keys create.`,
        { cause: error },
      );
    }
  }
}
