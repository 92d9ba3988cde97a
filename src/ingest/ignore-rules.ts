import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { AkinError } from '../errors.js';

/** Names what of its folder shall not be read, in the form of `.gitignore`. */
export const IGNORE_FILE = '.akinignore';

/** In bytes; there are thousands of rules in so many. */
const LONGEST_RULES = 1_000_000;

interface FolderRules {
  folder: string;
  rules: Ignore;
}

/** The rules that hold in a folder: its own `.akinignore` and those of the folders above it. */
export class IgnoreRules {
  static readonly none = new IgnoreRules([]);
  readonly #folders: FolderRules[];

  private constructor(folders: FolderRules[]) {
    this.#folders = folders;
  }

  /** The rules within a folder that stands under these. */
  async within(folder: string): Promise<IgnoreRules> {
    const text = await readRules(join(folder, IGNORE_FILE));
    if (text === null) return this;
    return new IgnoreRules([{ folder, rules: ignore().add(text) }, ...this.#folders]);
  }

  /** Whether a file or folder shall be passed over. As in git, the rules nearest to it decide. */
  ignores(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#folders) {
      const name = relative(folder, path).split(sep).join('/');
      const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

/**
 * The rules in a file, or null where there is none.
 * @throws AkinError READ_FAILED for a pipe or a device, which would never end, and for a file without bounds
 */
async function readRules(path: string): Promise<string | null> {
  let file: FileHandle;
  try {
    // Opening a pipe would else wait for whoever writes into it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
  try {
    const state = await file.stat();
    if (!state.isFile() || state.size > LONGEST_RULES) {
      throw new AkinError(
        'READ_FAILED',
        `Its ${IGNORE_FILE} is not a file of at most ${LONGEST_RULES / 1e6} MB. Nothing in the folder is read, since there is no telling what to ignore. Mend or remove it.`,
      );
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
