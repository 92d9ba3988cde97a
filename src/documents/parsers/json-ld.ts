import type { DocumentFields } from '../../types.js';
import { readDate } from '../dates.js';
import { readTags } from '../fields.js';
import { oneLineOrNull } from '../normalise.js';
import { type DomDocument, decodeEntities } from './dom.js';
import { fragmentParagraphs } from './html-blocks.js';

type Properties = Record<string, unknown>;

const ARTICLE_TYPE = /(?:Article|BlogPosting|Report|Review)$/;
/** Graphs nest; nothing that describes the page itself lies deeper than this. */
const MAX_DEPTH = 6;

/** What a page's JSON-LD says of its article (schema.org: NewsArticle, BlogPosting and their kin). */
export function readJsonLd(document: DomDocument): Partial<DocumentFields> {
  const nodes = readNodes(document);
  const article = nodes.find(isArticle);
  if (!article) return {};
  const resolve = (value: unknown): unknown =>
    nodes.find((node) => node['@id'] !== undefined && node['@id'] === idOf(value) && node.name) ?? value;
  return {
    title: text(article.headline) ?? text(article.name),
    author: namesOf(list(article.author).map(resolve)),
    publishedAt: firstDate(article.datePublished, article.dateCreated),
    source: namesOf(list(article.publisher).map(resolve)),
    url: webAddress(article.mainEntityOfPage) ?? webAddress(article.url),
    language: text(article.inLanguage),
    tags: readTags(list(article.keywords).flatMap((each) => readTags(text(each) ?? ''))),
  };
}

/** The paragraphs of an article whose text its JSON-LD carries whole; none where it does not. */
export function readArticleBody(document: DomDocument): string[] {
  const body = readNodes(document).find((node) => isArticle(node) && typeof node.articleBody === 'string');
  const source = String(body?.articleBody ?? '');
  const html = /<(?:p|br|div)\b/i.test(source) ? source : source.replace(/\n+/g, '</p><p>');
  return source === '' ? [] : fragmentParagraphs(html);
}

function readNodes(document: DomDocument): Properties[] {
  return [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) =>
    nodesOf(parseLoosely(script.textContent ?? ''), 0),
  );
}

function isArticle(node: Properties): boolean {
  return list(node['@type']).some((type) => typeof type === 'string' && ARTICLE_TYPE.test(type));
}

/** Pages print line breaks and comments into their JSON-LD; what can't be read then says nothing. */
function parseLoosely(source: string): unknown {
  const json = source.replace(
    /^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[)|(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>)\s*;?\s*$/g,
    '',
  );
  try {
    return JSON.parse(json.replace(/[\n\r\t]+/g, ' '));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function nodesOf(value: unknown, depth: number): Properties[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((each) => nodesOf(each, depth + 1));
  if (!isProperties(value)) return [];
  const inner = [value['@graph'], value.mainEntity, value.mainEntityOfPage].flatMap((each) =>
    nodesOf(each, depth + 1),
  );
  return [value, ...inner];
}

function namesOf(values: unknown[]): string | null {
  const names = values.flatMap((value) => (isProperties(value) ? list(value.name) : [value])).map(text);
  const known = names.filter((name) => name !== null && !/^https?:/.test(name));
  return [...new Set(known)].join(', ') || null;
}

function firstDate(...values: unknown[]): string | null {
  for (const value of values) {
    const date = typeof value === 'string' ? readDate(value) : null;
    if (date) return date;
  }
  return null;
}

function webAddress(value: unknown): string | null {
  const address = isProperties(value) ? (value['@id'] ?? value.url) : value;
  return typeof address === 'string' && /^https?:\/\//i.test(address) ? address : null;
}

function idOf(value: unknown): unknown {
  return isProperties(value) ? value['@id'] : undefined;
}

function text(value: unknown): string | null {
  const [first] = list(value);
  return typeof first === 'string' ? oneLineOrNull(decodeEntities(first)) : null;
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
