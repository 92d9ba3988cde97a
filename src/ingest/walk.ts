import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { isOutOfCorpus, isOwnPath, ownPathError } from '../documents/own-files.js';
import { readError } from '../documents/read-error.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { FilePlace } from '../storage/file-store.js';
import type { Failure } from '../types.js';
import { IgnoreRules } from './ignore-rules.js';

const SPECIAL =
  'It is a pipe, a socket or a device, not a file, and might never end. Save its output to a file.';
const UNREADABLE_NAME = {
  code: 'READ_FAILED',
  detail: 'The name of this file is not valid UTF-8. Rename it, for example with convmv.',
} as const;

/** A file to read and the path it goes by in the index: relative to the folder that was named, with `/`. */
export interface FoundFile {
  path: string;
  name: string;
  /** Null for an upload, which lies nowhere that lasts. */
  place: FilePlace | null;
}

/** What the named folders hold. */
export interface FoundFiles {
  /** The named paths, absolute. */
  roots: string[];
  files: FoundFile[];
  failures: Failure[];
  /** Folders that could not be looked into: what was there before may still be there. */
  unread: string[];
}

export interface WalkOptions {
  /** Follow symbolic links; a folder is entered once, however many lead to it. Default: false */
  followLinks?: boolean;
}

/**
 * All files of the named folders and the named files themselves, in the order of their names. Names that begin
 * with a dot, what an `.akinignore` names, symbolic links within a folder, indexes and Akin's settings are passed over;
 * what can't be read is a failure.
 *
 * @throws AkinError PATH_NOT_FOUND where a named path is not there, OWN_FILE where it is Akin's own
 */
export async function findFiles(
  paths: string[],
  { followLinks = false }: WalkOptions = {},
): Promise<FoundFiles> {
  const roots = paths.map((named) => resolve(named));
  const found: FoundFiles = { roots, files: [], failures: [], unread: [] };
  for (const root of roots) {
    const state = await statOfNamed(root);
    if (isOwnPath(await realpath(root))) throw ownPathError(root);
    if (state.isDirectory()) await new Walk(root, found, followLinks).enter(root, IgnoreRules.none);
    else if (state.isFile()) found.files.push(foundFile(root, root, state));
    else found.failures.push({ item: root, code: 'UNSUPPORTED_TYPE', detail: SPECIAL });
  }
  return found;
}

class Walk {
  readonly #root: string;
  readonly #found: FoundFiles;
  readonly #followLinks: boolean;
  readonly #entered = new Set<string>();

  constructor(root: string, found: FoundFiles, followLinks: boolean) {
    this.#root = root;
    this.#found = found;
    this.#followLinks = followLinks;
  }

  async enter(folder: string, above: IgnoreRules): Promise<void> {
    try {
      const real = await realpath(folder);
      if (folder !== this.#root && isOutOfCorpus(real, new Set())) return;
      if (this.#entered.has(real)) return;
      this.#entered.add(real);
      const rules = await above.within(folder);
      for (const name of await this.#namesIn(folder)) await this.#take(join(folder, name), rules);
    } catch (error) {
      this.#fail(folder, error);
      this.#found.unread.push(folder);
    }
  }

  /** The names that are valid UTF-8; a path made of another one opens nothing, so those are failures. */
  async #namesIn(folder: string): Promise<string[]> {
    const names = (await readdir(folder, { encoding: 'buffer' })).map((bytes) => ({
      bytes,
      name: bytes.toString(),
    }));
    for (const { bytes, name } of names) {
      if (name.startsWith('.') || isUtf8(bytes)) continue;
      this.#found.failures.push({ item: nameWithin(this.#root, join(folder, name)), ...UNREADABLE_NAME });
    }
    return names.flatMap(({ bytes, name }) => (!name.startsWith('.') && isUtf8(bytes) ? [name] : [])).sort();
  }

  async #take(path: string, rules: IgnoreRules): Promise<void> {
    const state = await this.#stateOf(path);
    if (!state || rules.ignores(path, state.isDirectory())) return;
    if (state.isDirectory()) await this.enter(path, rules);
    else if (state.isFile()) this.#found.files.push(foundFile(path, this.#root, state));
  }

  /** Null for a link that is not followed, for what is Akin's own, and for what is gone since its folder was read. */
  async #stateOf(path: string): Promise<Stats | null> {
    try {
      const own = await lstat(path);
      if (!own.isSymbolicLink()) return isOwnPath(path) ? null : own;
      return this.#followLinks && !isOwnPath(await realpath(path)) ? await stat(path) : null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#fail(path, error);
      return null;
    }
  }

  #fail(path: string, error: unknown): void {
    const reason = readError(error);
    this.#found.failures.push({
      item: path === this.#root ? path : nameWithin(this.#root, path),
      code: errorCode(reason),
      detail: errorMessage(reason),
    });
  }
}

/** The path of a file within the folder that was named, with `/`; of a file that was named itself, its name. */
export function nameWithin(root: string, path: string): string {
  return path === root ? basename(path) : relative(root, path).split(sep).join('/');
}

function foundFile(path: string, root: string, { size, mtimeMs, ctimeMs }: Stats): FoundFile {
  const place = { root, location: path, size, touchedMs: Math.max(mtimeMs, ctimeMs) };
  return { path, name: nameWithin(root, path), place };
}

async function statOfNamed(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    throw new AkinError(
      'PATH_NOT_FOUND',
      `There is no file or folder ${path}, or Akin may not look into it.`,
      { cause: error },
    );
  }
}
