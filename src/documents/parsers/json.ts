import { AkinError, errorCode, errorMessage } from '../../errors.js';
import type { Failure, ParsedDocument } from '../../types.js';
import type { ReadDocuments } from '../containers/parts.js';
import { documentOfInput } from '../document-input.js';
import { readDocumentInput } from '../input.js';

const EXPECTED =
  'expected one document {"text": …}, an array of documents, or {"documents": […]}, each with one of text, html and markdown';

/**
 * The documents of a JSON file: one, an array of them, or `{documents: […]}`. Those of an array that are
 * not valid are failures (`name[3]`, counted from 0).
 *
 * @throws AkinError INVALID_JSON, or INVALID_DOCUMENT if the file holds none.
 */
export async function parseJson(text: string, name: string): Promise<ReadDocuments> {
  const value = parseValue(text);
  const list = documentList(value);
  if (!list) return { documents: [await documentOfInput(readDocumentInput(value))], failures: [] };
  if (list.length === 0) throw new AkinError('INVALID_DOCUMENT', `The file holds no documents: ${EXPECTED}.`);
  return collect(list.map((each, i) => ({ item: `${name}[${i}]`, read: () => each })));
}

/** The documents of a JSON Lines file, one a line; lines that are none are failures (`name:7`, counted from 1). */
export function parseJsonLines(text: string, name: string): Promise<ReadDocuments> {
  const lines = text.split('\n').map((line, i) => ({ item: `${name}:${i + 1}`, line }));
  return collect(
    lines
      .filter(({ line }) => line.trim() !== '')
      .map(({ item, line }) => ({ item, read: () => parseValue(line) })),
  );
}

function documentList(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) {
    throw new AkinError('INVALID_DOCUMENT', `The file holds a single value: ${EXPECTED}.`);
  }
  const { documents, text, html, markdown } = value as Record<string, unknown>;
  if (Array.isArray(documents)) return documents;
  if (text === undefined && html === undefined && markdown === undefined) {
    throw new AkinError('INVALID_DOCUMENT', `The file holds an object that is no document: ${EXPECTED}.`);
  }
  return null;
}

async function collect(parts: { item: string; read: () => unknown }[]): Promise<ReadDocuments> {
  const documents: ParsedDocument[] = [];
  const failures: Failure[] = [];
  for (const { item, read } of parts) {
    try {
      documents.push(await documentOfInput(readDocumentInput(read())));
    } catch (error) {
      const code = error instanceof AkinError ? errorCode(error) : 'PARSE_FAILED';
      failures.push({ item, code, detail: errorMessage(error) });
    }
  }
  return { documents, failures };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `This is not valid JSON (${errorMessage(cause)}): check the quotes, commas and brackets there.`;
    throw new AkinError('INVALID_JSON', message, { cause });
  }
}
