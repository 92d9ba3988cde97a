import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Names what of its folder shall not be read, in the form of `.gitignore`. */
export const IGNORE_FILE = '.akinignore';

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
    const text = await readFile(join(folder, IGNORE_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
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
