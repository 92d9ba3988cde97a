import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { AkinError } from '../../src/errors.js';
import { SHARED } from '../support/needs.js';

const FOLDER = join(SHARED, 'data/files/pdf');
/** In bytes: a book of 352 pages takes seconds; the rest of the shelf shows the same. */
const LARGEST = 120_000;

describe('the collected PDFs', { tags: ['shared'] }, () => {
  it('each end with a document or a typed error', async () => {
    const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.pdf'))) {
      const bytes = new Uint8Array(readFileSync(join(FOLDER, name)));
      if (bytes.length > LARGEST) continue;
      const outcome = await parseFile(bytes, name).catch((error: unknown) => error);
      if (outcome instanceof AkinError)
        expect(['ENCRYPTED_FILE', 'DAMAGED_FILE', 'NO_TEXT']).toContain(outcome.code);
      else expect(outcome).toMatchObject({ type: 'pdf', documents: [{ pages: expect.any(Array) }] });
    }
  });
});
