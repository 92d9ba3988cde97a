import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AkinError } from '../errors.js';
import { withPdf } from './parsers/pdf/document.js';

/** In pixels: enough to read a page on a wide screen; a large sheet is painted no larger. */
const LONGEST_SIDE = 1_800;
/** Pixels to the point at most: a small slip is not blown up without end. */
const MOST_SCALE = 3;

/** Which page of which file. */
export interface PictureTask {
  path: string;
  /** SHA-256 of the file that is meant: another one may have other pages. */
  hash: string;
  /** Counted from 1. */
  page: number;
}

/**
 * Paints a page of a PDF as a PNG.
 * @throws AkinError NO_PAGE_PICTURE where the file is gone or another one, or has no such page
 */
export async function paintPage({ path, hash, page }: PictureTask): Promise<Uint8Array> {
  const bytes = await bytesOf(path);
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new AkinError(
      'NO_PAGE_PICTURE',
      'The PDF has changed since it was read. Bring it in again to see its pages.',
    );
  }
  return withPdf(bytes, async ({ file, picture }) => {
    if (page > file.numPages) {
      throw new AkinError('NO_PAGE_PICTURE', `The PDF has ${file.numPages} pages; there is no page ${page}.`);
    }
    const { width, height } = (await file.getPage(page)).getViewport({ scale: 1 });
    return picture(page, Math.min(MOST_SCALE, LONGEST_SIDE / Math.max(width, height)));
  });
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new AkinError(
      'NO_PAGE_PICTURE',
      'The PDF is no longer where it was read. Bring it in again to see its pages.',
      { cause: error },
    );
  }
}
