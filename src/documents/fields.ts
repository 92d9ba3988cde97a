import type { DocumentFields } from '../types.js';

/** The fields of a document of which nothing is known. */
export function unknownFields(): DocumentFields {
  return {
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language: null,
    tags: [],
    metadata: {},
  };
}

const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Metadata from pairs, without the keys that could reach an object's prototype; later pairs win. */
export function safeMetadata(pairs: Iterable<[string, unknown]>): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  for (const [key, value] of pairs) {
    if (!UNSAFE_KEYS.has(key)) metadata[key] = value;
  }
  return metadata;
}

/** Tags from a list, or from one string with commas between them: trimmed, in order, each once. */
export function readTags(value: string | string[]): string[] {
  const tags = typeof value === 'string' ? value.split(/[,;]/) : value;
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

/** A language tag as BCP 47 writes it (`en_gb` is `en-GB`), or null for what is none. */
export function readLanguageTag(value: string | null | undefined): string | null {
  const tag = value?.trim().replaceAll('_', '-');
  if (!tag || !/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
