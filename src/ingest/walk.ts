import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { AkinError, errorMessage } from '../errors.js';
import type { Failure } from '../types.js';

/** A file to read and the path it goes by in the index: relative to the folder that was named, with `/`. */
export interface FoundFile {
  path: string;
  name: string;
}

/**
 * All files of the named folders and the named files themselves, in the order of their names. Names that begin
 * with a dot and symbolic links within a folder are passed over; a folder that can't be read is a failure.
 *
 * @throws AkinError PATH_NOT_FOUND where a named path is not there
 */
export async function findFiles(paths: string[]): Promise<{ files: FoundFile[]; failures: Failure[] }> {
  const files: FoundFile[] = [];
  const failures: Failure[] = [];
  for (const path of paths.map((named) => resolve(named))) {
    if (!(await statOf(path)).isDirectory()) files.push({ path, name: basename(path) });
    else await collect(path, path, files, failures);
  }
  return { files, failures };
}

async function collect(folder: string, root: string, files: FoundFile[], failures: Failure[]): Promise<void> {
  try {
    const entries = (await readdir(folder, { withFileTypes: true }))
      .filter(({ name }) => !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await collect(path, root, files, failures);
      else if (entry.isFile()) files.push({ path, name: nameIn(root, path) });
    }
  } catch (error) {
    const denied = ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
    failures.push({
      item: nameIn(root, folder) || folder,
      code: denied ? 'PERMISSION_DENIED' : 'READ_FAILED',
      detail: denied
        ? 'Akin may not read the folder. Check its permissions.'
        : `The folder can't be read: ${errorMessage(error)}.`,
    });
  }
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

async function statOf(path: string): ReturnType<typeof stat> {
  try {
    return await stat(path);
  } catch (error) {
    throw new AkinError(
      'PATH_NOT_FOUND',
      `There is no file or folder ${path}, or Akin may not look into it.`,
      {
        cause: error,
      },
    );
  }
}
