import { readFileSync } from 'node:fs';
import { readDocumentInput } from '../../src/documents/input.js';
import { parseDocumentInput } from '../../src/documents/parse.js';
import { prepareDocument } from '../../src/documents/prepare.js';
import { shareWindow } from '../../src/documents/split.js';
import type { SizedText } from '../../src/embedding/embedder.js';
import type { LocalModel } from '../../src/embedding/local-model.js';
import { loadTokenizer, tokenIds } from '../../src/embedding/sentence-encoder.js';

/** A text as it is embedded, with its tokens as the graph takes them. */
export interface TokenizedText extends SizedText {
  ids: number[];
}

/** The passages of documents, JSON Lines, as Akin splits them. */
export async function passagesOf(lines: string[], { folder, window }: LocalModel): Promise<TokenizedText[]> {
  const tokenizer = await loadTokenizer(folder);
  const options = { truncation: true, max_length: window, padding: false, return_tensor: false };
  const passages: TokenizedText[] = [];
  for (const line of lines) {
    const parsed = await parseDocumentInput(readDocumentInput(JSON.parse(line)));
    const count = (text: string): number => tokenIds(tokenizer, text).length;
    for (const { input, tokens } of prepareDocument(parsed, count, shareWindow(window)).passages)
      passages.push({ text: input, tokens, ids: tokenizer(input, options).input_ids as number[] });
  }
  return passages;
}

export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

export function tokensOf(texts: TokenizedText[]): number {
  return texts.reduce((sum, { ids }) => sum + ids.length, 0);
}
