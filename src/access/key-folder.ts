import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AkinError } from '../errors.js';
import { parseFilter } from '../filter.js';
import { SCOPES, type Scope } from './scope.js';
import { hashSecret, newSecret, writeSecret } from './secret.js';

/** A key without its secret. */
export interface AccessKey {
  id: string;
  name: string | null;
  scope: Scope;
  /** The only documents that its holder sees, as a request gives a filter; null for all. */
  filter: unknown;
  createdAt: string;
}

/** What a new key shall be. */
export interface NewKey {
  scope: Scope;
  name?: string;
  filter?: unknown;
}

const FOLDER = 'keys';
const FILE = /^([0-9a-f]{12})\.json$/;

const storedKey = z.object({
  id: z.string(),
  name: z.string().nullable(),
  scope: z.enum(SCOPES),
  filter: z.unknown(),
  createdAt: z.string(),
  hash: z.string(),
});

type StoredKey = z.output<typeof storedKey>;

/**
 * The keys of an index: one small file for each in `keys/`, which only its user can read. A command can write them while
 * a server holds the database, and the server knows by the names in the folder, at once, which keys there are.
 */
export class KeyFolder {
  readonly #folder: string;
  /** A file never changes, so what was read of it holds for as long as its name is there. */
  readonly #read = new Map<string, StoredKey>();

  /** @param index the folder of the index */
  constructor(index: string) {
    this.#folder = join(index, FOLDER);
  }

  /**
   * Makes a key. Its secret is in the answer and nowhere else.
   * @throws AkinError INVALID_REQUEST for a wrong filter, or one where documents may be written
   */
  create({ scope, name, filter = null }: NewKey): AccessKey & { key: string } {
    if (filter !== null) {
      parseFilter(filter);
      if (scope !== 'read') {
        throw new AkinError(
          'INVALID_REQUEST',
          `A filter goes with scope read only: who may ${scope === 'write' ? 'write' : 'administer'} reaches documents outside it. Leave the filter out, or make a key with --scope read.`,
        );
      }
    }
    const made = newSecret();
    const key = { id: made.id, name: name ?? null, scope, filter, createdAt: new Date().toISOString() };
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, `${made.id}.json`);
    writeFileSync(`${path}.new`, `${JSON.stringify({ ...key, hash: hashSecret(made.secret) })}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    renameSync(`${path}.new`, path);
    return { ...key, key: writeSecret(made) };
  }

  /** The oldest first. @throws AkinError INDEX_DAMAGED */
  list(): AccessKey[] {
    return this.ids()
      .flatMap((id) => this.find(id) ?? [])
      .map(({ hash: _hash, ...key }) => key)
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  /** From then on no request is answered with it. False where there was no such key. */
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

  /** A key with what is kept of its secret; null where there is none. @throws AkinError INDEX_DAMAGED */
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
