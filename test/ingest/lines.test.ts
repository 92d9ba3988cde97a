import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Line, readLines } from '../../src/ingest/lines.js';

async function linesOf(chunks: Buffer[], longest = 1_000): Promise<Line[]> {
  const stream = (async function* () {
    yield* chunks;
  })();
  const lines: Line[] = [];
  for await (const line of readLines(stream, longest)) lines.push(line);
  return lines;
}

it('finds the same lines wherever the stream is cut', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '\n', '\r\n', ' ', '{}'), { maxLength: 60 })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 7 })), async (whole, sizes) => {
      const bytes = Buffer.from(whole);
      const chunks: Buffer[] = [];
      let at = 0;
      for (const size of sizes) {
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      chunks.push(bytes.subarray(at));
      const expected = whole
        .split('\n')
        .map((line, index) => ({ number: index + 1, line }))
        .filter(({ line }) => line.trim() !== '');
      const found = (await linesOf(chunks)).map(({ number, bytes: line }) => ({
        number,
        line: line?.toString(),
      }));
      expect(found).toEqual(expected);
    }),
  );
});

it('gives a line that is too long as such, and goes on behind it', async () => {
  const lines = await linesOf([
    Buffer.from('short\n'),
    Buffer.alloc(500, 'x'),
    Buffer.alloc(501, 'x'),
    Buffer.from('\nafter'),
  ]);
  expect(lines.map(({ number, bytes }) => [number, bytes?.toString() ?? null])).toEqual([
    [1, 'short'],
    [2, null],
    [3, 'after'],
  ]);
});
