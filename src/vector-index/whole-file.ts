import { type FileHandle, open } from 'node:fs/promises';

/** hnswlib's header: sizes of 8 bytes, and two numbers of 4 between them. */
const HEADER_BYTES = 96;
const COUNT_AT = 16;
const ELEMENT_BYTES_AT = 24;
const READ_AT_ONCE = 1 << 20;
const LENGTH_BYTES = 4;

/**
 * Whether a file that hnswlib wrote ends where it should: on a full disk it writes what fits, and says nothing. After the
 * header come the elements, then for each the length of its links above the lowest layer, and these.
 */
export async function isWholeGraph(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < HEADER_BYTES) return false;
    const header = Buffer.alloc(HEADER_BYTES);
    await file.read(header, 0, HEADER_BYTES, 0);
    const count = Number(header.readBigUInt64LE(COUNT_AT));
    const elementBytes = Number(header.readBigUInt64LE(ELEMENT_BYTES_AT));
    return (await endOfLinks(file, HEADER_BYTES + count * elementBytes, count, size)) === size;
  } finally {
    await file.close();
  }
}

/** Where the links of so many elements end that begin at an offset; beyond the file where they do not end in it. */
async function endOfLinks(file: FileHandle, start: number, count: number, size: number): Promise<number> {
  const chunk = Buffer.alloc(READ_AT_ONCE);
  let [chunkAt, chunkEnd] = [start, start];
  let offset = start;
  for (let left = count; left > 0; left--) {
    if (offset + LENGTH_BYTES > size) return Number.POSITIVE_INFINITY;
    if (offset < chunkAt || offset + LENGTH_BYTES > chunkEnd) {
      const { bytesRead } = await file.read(chunk, 0, READ_AT_ONCE, offset);
      [chunkAt, chunkEnd] = [offset, offset + bytesRead];
    }
    offset += LENGTH_BYTES + chunk.readUInt32LE(offset - chunkAt);
  }
  return offset;
}
