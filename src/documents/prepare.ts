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
    const context = contextOf(title, passage, countTokens, budget);
    const tokens = passage.tokens + countTokens(context);
    return { ...passage, tokens, input: context + passage.text };
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

/** What is embedded of a passage that is stored already, and how many tokens that is. */
export function passageInput(
  { title, heading, text }: { title: string | null; heading: string | null; text: string },
  countTokens: CountTokens,
  budget: TokenBudget,
): { text: string; tokens: number } {
  const short = cutToTokens(title ?? '', countTokens, budget.title);
  const input = contextOf(short, { heading, text }, countTokens, budget) + text;
  return { text: input, tokens: countTokens(input) };
}

/** What is put before a passage, each on a line: the title, and the heading where the passage does not begin with it. */
function contextOf(
  title: string,
  { heading, text }: { heading: string | null; text: string },
  countTokens: CountTokens,
  budget: TokenBudget,
): string {
  const repeated = heading === null || text.startsWith(heading);
  const short = repeated ? '' : cutToTokens(heading, countTokens, budget.heading);
  return [title, short]
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join('');
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
