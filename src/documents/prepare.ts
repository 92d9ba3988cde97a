import { createHash } from 'node:crypto';
import type { DocumentFields, ParsedDocument } from '../types.js';
import { type Signature, signatureOf } from './shingles.js';
import { type CountTokens, type SizedPassage, splitIntoPassages, type TokenBudget } from './split.js';

/** A passage with the text that is embedded for it. */
export interface PreparedPassage extends SizedPassage {
  /** Title, heading and passage; fits the model's window. `tokens` counts all of it. */
  input: string;
}

/** A document that is ready to be embedded and stored. */
export interface PreparedDocument {
  /** Only where the source itself names one. */
  id?: string;
  /** Its path within the archive or message that it was read from. */
  part?: string;
  /** Only of a web page: its site, and what is needed to read it without the site's furniture. */
  page?: Pick<ParsedDocument, 'headings' | 'pages'> & { site: string };
  fields: DocumentFields;
  text: string;
  /** SHA-256 of the fields, the text and its marks: the same for a document that has not changed. */
  hash: string;
  /** By which other versions of the text are found. */
  signature: Signature;
  passages: PreparedPassage[];
}

/** Parts a document into passages and puts before each what tells what it is about. */
export function prepareDocument(
  { id, part, site, text, headings, pages, ...fields }: ParsedDocument,
  countTokens: CountTokens,
  budget: TokenBudget,
): PreparedDocument {
  const title = cutToTokens(fields.title ?? '', countTokens, budget.title);
  const passages = splitIntoPassages({ text, headings, pages, countTokens, budget }).map((passage) => {
    const repeated = passage.heading === null || passage.text.startsWith(passage.heading);
    const heading = repeated ? '' : cutToTokens(passage.heading ?? '', countTokens, budget.heading);
    const context = [title, heading].filter(Boolean).join('\n');
    const tokens = passage.tokens + countTokens(context);
    return { ...passage, tokens, input: context ? `${context}\n${passage.text}` : passage.text };
  });
  // In an order of their own, whatever the order in which a parser or the database gives them.
  const { title: name, url, source, author, publishedAt, language, tags, metadata } = fields;
  const said = [name, url, source, author, publishedAt, language, tags, metadata];
  const hash = createHash('sha256')
    .update(JSON.stringify([said, text, headings, pages]))
    .digest('hex');
  return {
    ...(id === undefined ? {} : { id }),
    ...(part === undefined ? {} : { part }),
    ...(site === undefined ? {} : { page: { site, headings, pages } }),
    fields,
    text,
    hash,
    signature: signatureOf(text),
    passages,
  };
}

/** The longest beginning of a text, in whole words, that has no more than so many tokens. */
function cutToTokens(text: string, countTokens: CountTokens, limit: number): string {
  if (countTokens(text) <= limit) return text;
  let kept = '';
  let tokens = 0;
  for (const word of text.match(/\s*\S+/g) ?? []) {
    tokens += countTokens(word);
    if (tokens > limit) break;
    kept += word;
  }
  return kept;
}
