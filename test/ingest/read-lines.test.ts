import { expect, it } from 'vitest';
import type { PreparedDocument } from '../../src/documents/prepare.js';
import type { Reader, ReadInput } from '../../src/documents/reader.js';
import { AkinError } from '../../src/errors.js';
import type { Line } from '../../src/ingest/lines.js';
import { unitsOfLines } from '../../src/ingest/read-lines.js';

async function* linesOf(...texts: string[]): AsyncGenerator<Line> {
  for (const [index, text] of texts.entries()) yield { number: index + 1, bytes: Buffer.from(text) };
}

/** Ends the process that reads a deadly line, and reads any other. */
async function readInputs(inputs: unknown[]): Promise<ReadInput[]> {
  if (inputs.includes('deadly')) throw new AkinError('PROCESS_DIED', 'The process ended.');
  return inputs.map((input) => ({
    document: { fields: {}, hash: String(input) } as unknown as PreparedDocument,
  }));
}

it('names the line that ends the process each time, and takes the others', async () => {
  const units = [];
  const reader = { readInputs } as Partial<Reader> as Reader;
  for await (const unit of unitsOfLines(linesOf('first', 'deadly', 'last'), 0, reader)) units.push(unit);
  expect(units.map(({ documents }) => documents.map(({ hash }) => hash))).toEqual([['first'], [], ['last']]);
  expect(units.map(({ failures }) => failures)).toEqual([
    [],
    [{ item: 'line 2', code: 'PROCESS_DIED', detail: 'The process ended.' }],
    [],
  ]);
});
