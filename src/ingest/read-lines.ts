import type { Reader, ReadInput } from '../documents/reader.js';
import { errorCode, errorMessage } from '../errors.js';
import type { Failure } from '../types.js';
import { wasTooMuch } from '../workers/task-worker.js';
import { identifyInput } from './identify.js';
import type { Line } from './lines.js';
import { emptyUnit, type Unit } from './units.js';

/** Lines that go to the reading process together. */
const LINES_AT_ONCE = 64;

/**
 * Reads the lines of an import, each a JSON document.
 * @param from the lines up to this one are done
 */
export async function* unitsOfLines(
  lines: AsyncIterable<Line>,
  from: number,
  reader: Reader,
): AsyncGenerator<Unit> {
  let batch: Line[] = [];
  for await (const line of lines) {
    if (line.number <= from) continue;
    batch.push(line);
    if (batch.length < LINES_AT_ONCE) continue;
    yield* readBatch(batch, reader);
    batch = [];
  }
  yield* readBatch(batch, reader);
}

async function* readBatch(lines: Line[], reader: Reader): AsyncGenerator<Unit> {
  const texts = lines.map(decodeLine);
  const read = await readTexts(
    texts.filter((text) => typeof text === 'string'),
    reader,
  );
  for (const [index, { number }] of lines.entries()) {
    const text = texts[index];
    const result = typeof text === 'string' ? read.shift() : text && { failure: text, issues: [] };
    if (!result) throw new Error(`Line ${number} was not read`);
    if ('document' in result) yield { ...emptyUnit(number), documents: [identifyInput(result.document)] };
    else yield { ...emptyUnit(number), failures: [{ item: `line ${number}`, ...result.failure }] };
  }
}

/** Lines that are too much together are read one by one: only those that are too much alone fail. */
async function readTexts(texts: string[], reader: Reader): Promise<ReadInput[]> {
  try {
    return await reader.readInputs(texts);
  } catch (error) {
    if (!wasTooMuch(error)) throw error;
    if (texts.length === 1)
      return [{ failure: { code: errorCode(error), detail: errorMessage(error) }, issues: [] }];
  }
  const read: ReadInput[] = [];
  for (const text of texts) read.push(...(await readTexts([text], reader)));
  return read;
}

function decodeLine({ bytes }: Line): string | Omit<Failure, 'item'> {
  if (!bytes) return { code: 'PAYLOAD_TOO_LARGE', detail: 'The line is too long for one document.' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // TextDecoder says no more than that the bytes are wrong.
    return { code: 'INVALID_ENCODING', detail: 'The line is not valid UTF-8. Save the file as UTF-8.' };
  }
}
