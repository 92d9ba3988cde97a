import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { AkinError } from '../errors.js';
import { withPdf } from './parsers/pdf/document.js';

/** In pixels: enough to read a page on a wide screen; a large sheet is painted no larger. */
const LONGEST_SIDE = 1_800;
/** Pixels to the point at most: a small slip is not blown up without end. */
const MOST_SCALE = 3;

/** Which page of which file. */
export interface PictureTask {
  path: string;
  /** In bytes, of the file that is meant. */
  size: number;
  /** Its SHA-256: another file may have other pages. */
  hash: string;
  /** Counted from 1. */
  page: number;
}

/**
 * Paints a page of a PDF as a PNG.
 * @throws AkinError NO_PAGE_PICTURE where the file is gone or another one, or has no such page
 */
export async function paintPage({ path, size, hash, page }: PictureTask): Promise<Uint8Array> {
  const bytes = await bytesOf(path, size);
  if (createHash('sha256').update(bytes).digest('hex') !== hash) throw changed();
  return withPdf(bytes, async ({ file, picture }) => {
    if (page > file.numPages) {
      throw new AkinError('NO_PAGE_PICTURE', `The PDF has ${file.numPages} pages; there is no page ${page}.`);
    }
    const { width, height } = (await file.getPage(page)).getViewport({ scale: 1 });
    return picture(page, Math.min(MOST_SCALE, LONGEST_SIDE / Math.max(width, height)));
  });
}

async function bytesOf(path: string, size: number): Promise<Buffer> {
  try {
    const found = await stat(path);
    // Whatever else lies there now may have any size, or no end.
    if (!found.isFile() || found.size !== size) throw changed();
    return await readFile(path);
  } catch (error) {
    if (error instanceof AkinError) throw error;
    throw new AkinError(
      'NO_PAGE_PICTURE',
      'The PDF is no longer where it was read. Bring it in again to see its pages.',
      { cause: error },
    );
  }
}

function changed(): AkinError {
  return new AkinError(
    'NO_PAGE_PICTURE',
    'The PDF has changed since it was read. Bring it in again to see its pages.',
  );
}
