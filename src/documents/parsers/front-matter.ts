import { parseDocument } from 'yaml';
import type { DocumentFields } from '../../types.js';
import { readDate } from '../dates.js';
import { readTags, safeMetadata, unknownFields } from '../fields.js';
import { oneLine, oneLineOrNull } from '../normalise.js';

const FRONT_MATTER = /^---[^\S\n]*\n(?<yaml>[\s\S]*?)\n?(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;
/** YAML's aliases can make a few lines expand to gigabytes. */
const MAX_ALIASES = 20;

type FieldName = 'title' | 'author' | 'publishedAt' | 'source' | 'url' | 'language' | 'tags';

/** What static site generators and note programs call the fields, in lower case; earlier names win. */
const FIELD_KEYS: Record<FieldName, string[]> = {
  title: ['title'],
  author: ['author', 'authors', 'byline'],
  publishedAt: ['publishedat', 'published', 'date', 'pubdate', 'datepublished', 'published_at'],
  source: ['source', 'site', 'publisher'],
  url: ['url', 'link', 'canonical', 'canonical_url'],
  language: ['language', 'lang'],
  tags: ['tags', 'keywords'],
};

/** A Markdown file's front matter, as fields, and what comes after it. */
export interface FrontMatter {
  fields: DocumentFields;
  body: string;
  /** Front matter that is no YAML mapping: it is text then. */
  unreadable: string | null;
}

/** Reads the YAML front matter of a Markdown source. What no field takes goes to the metadata. */
export function readFrontMatter(source: string): FrontMatter {
  const match = FRONT_MATTER.exec(source);
  const yaml = match?.groups?.yaml;
  if (!match || yaml === undefined) return { fields: unknownFields(), body: source, unreadable: null };
  const body = source.slice(match[0].length);
  const record = readMapping(yaml);
  if (!record) return { fields: unknownFields(), body, unreadable: yaml };
  return { fields: fieldsOf(record), body, unreadable: null };
}

function readMapping(yaml: string): Record<string, unknown> | null {
  const document = parseDocument(yaml, { logLevel: 'silent', uniqueKeys: false, intAsBigInt: true });
  if (document.errors.length > 0) return null;
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES, reviver: withoutBigInt });
    if (value === null) return {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch (error) {
    // An alias to nothing, or too many of them: then it is no front matter to rely on.
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

/** A number that JavaScript has exactly, or the digits of one that it has not. */
function withoutBigInt(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function fieldsOf(record: Record<string, unknown>): DocumentFields {
  const entries = Object.entries(record);
  const used = new Set<string>();
  const take = <T>(field: FieldName, read: (value: unknown) => T | null): T | null => {
    for (const name of FIELD_KEYS[field]) {
      const entry = entries.find(([key]) => key.toLowerCase() === name);
      const value = entry ? read(entry[1]) : null;
      if (!entry || value === null) continue;
      used.add(entry[0]);
      return value;
    }
    return null;
  };
  const fields = {
    title: take('title', readScalar),
    author: take('author', readNames),
    publishedAt: take('publishedAt', readAnyDate),
    source: take('source', readScalar),
    url: take('url', readScalar),
    language: take('language', readScalar),
    tags: take('tags', readTagList) ?? [],
  };
  const rest = entries.filter(([key, value]) => !used.has(key) && value !== null);
  return { ...fields, metadata: safeMetadata(rest) };
}

function readScalar(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? oneLineOrNull(String(value)) : null;
}

function readNames(value: unknown): string | null {
  const names = (Array.isArray(value) ? value : [value]).map((each: unknown) =>
    typeof each === 'object' && each !== null && 'name' in each ? readScalar(each.name) : readScalar(each),
  );
  return names.every((name) => name !== null) ? names.join(', ') || null : null;
}

function readAnyDate(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? readDate(value) : null;
}

function readTagList(value: unknown): string[] | null {
  if (typeof value === 'string') return readTags(value);
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' || typeof each === 'number'))
    return null;
  return readTags(value.map((each) => oneLine(String(each))));
}
