import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paintPage } from '../../src/documents/paint-page.js';

const PDF = readFileSync(
  fileURLToPath(new URL('../../corpus/technology/cable-listens-for-whales.pdf', import.meta.url)),
);
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe('a page of a PDF', () => {
  let folder: string;
  let path: string;
  const asRead = { size: PDF.byteLength, hash: createHash('sha256').update(PDF).digest('hex') };
  const refused = (what: RegExp) =>
    expect.objectContaining({ code: 'NO_PAGE_PICTURE', message: expect.stringMatching(what) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'akin-paint-'));
    path = join(folder, 'whales.pdf');
    writeFileSync(path, PDF);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is a PNG whose longer side is readable and bounded, and each page is another', async () => {
    const [first, second] = [
      Buffer.from(await paintPage({ path, ...asRead, page: 1 })),
      Buffer.from(await paintPage({ path, ...asRead, page: 2 })),
    ];
    expect([...first.subarray(0, 8)]).toEqual(PNG);
    // Width and height stand in the first chunk, behind its length and name.
    const longest = Math.max(first.readUInt32BE(16), first.readUInt32BE(20));
    expect(longest).toBeGreaterThan(1_700);
    expect(longest).toBeLessThanOrEqual(1_800);
    expect(first.equals(second)).toBe(false);
  });

  it('is not there beyond the last', async () => {
    await expect(paintPage({ path, ...asRead, page: 99 })).rejects.toEqual(refused(/there is no page 99/));
  });

  it('is not painted of a file that is another one now, of the same length or not', async () => {
    writeFileSync(path, Buffer.concat([PDF, Buffer.from('\n')]));
    await expect(paintPage({ path, ...asRead, page: 1 })).rejects.toEqual(refused(/has changed/));
    const turned = Buffer.from(PDF);
    turned[turned.length - 1] = (turned[turned.length - 1] ?? 0) ^ 1;
    writeFileSync(path, turned);
    await expect(paintPage({ path, ...asRead, page: 1 })).rejects.toEqual(refused(/has changed/));
  });

  it('waits for nothing that has no end, and says where a file is gone', async () => {
    rmSync(path);
    await expect(paintPage({ path, ...asRead, page: 1 })).rejects.toEqual(refused(/no longer where/));
    execFileSync('mkfifo', [path]);
    await expect(paintPage({ path, ...asRead, page: 1 })).rejects.toEqual(refused(/has changed/));
  });
});
