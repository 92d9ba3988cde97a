/** One line of a file, counted from 1, without its end; null in place of one that is too long. */
export interface Line {
  number: number;
  bytes: Buffer | null;
}

const NEWLINE = 10;

/**
 * Parts a stream of bytes into lines without ever holding more than one of the longest allowed. Lines of only
 * white space are left out, and counted.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;

  const take = (): Line | null => {
    number++;
    const line = size > longest ? null : Buffer.concat(parts, size);
    parts = [];
    size = 0;
    return line && isBlank(line) ? null : { number, bytes: line };
  };

  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      size += end - start;
      start = end + 1;
      const line = take();
      if (line) yield line;
    }
    size += chunk.length - start;
    if (size > longest) parts = [];
    else parts.push(chunk.subarray(start));
  }
  if (size > 0) {
    const line = take();
    if (line) yield line;
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
}
