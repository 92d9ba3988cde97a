import type { ErrorIssue } from '../errors.js';
import type { ParsedDocument } from '../types.js';
import { safeMetadata } from './fields.js';
import { faultOf } from './value-faults.js';

/** How large the fields of a document may be, in bytes of UTF-8. They are in every answer that names the document. */
export const FIELD_BYTES = {
  title: 2_000,
  source: 1_000,
  author: 2_000,
  url: 4_000,
  language: 100,
  /** Of all tags together. */
  tags: 20_000,
  /** As JSON. */
  metadata: 64_000,
} as const;

type FieldName = keyof typeof FIELD_BYTES;
const FIELDS = Object.keys(FIELD_BYTES) as FieldName[];

/** Names in a document's metadata the fields that were cut. */
const CUT = 'cut';

/** Which fields of a document are larger than they may be. */
export function sizeIssues(document: Partial<Record<FieldName, unknown>>): ErrorIssue[] {
  return FIELDS.flatMap((field) => {
    const [bytes, most] = [bytesOf(document[field]), FIELD_BYTES[field]];
    return bytes > most ? [{ path: field, message: `has ${bytes} bytes; it may have ${most}` }] : [];
  });
}

/**
 * The document with its fields within their limits: title, source and author are cut; an address, a language, a tag or an
 * entry of the metadata that does not fit is left out. `metadata.cut` names the fields.
 */
export function withinFieldLimits(document: ParsedDocument): ParsedDocument {
  const cut = sizeIssues(document).map(({ path }) => path as FieldName);
  const entries = Object.entries(document.metadata);
  const sound = entries.filter(([, value]) => faultOf(value) === null);
  if (sound.length < entries.length && !cut.includes('metadata')) cut.push('metadata');
  if (cut.length === 0) return document;
  const line = (field: 'title' | 'source' | 'author'): string | null =>
    document[field] && cutToBytes(document[field], FIELD_BYTES[field]);
  const metadata = thatFit(sound, FIELD_BYTES.metadata - bytesOf({ [CUT]: FIELDS }));
  return {
    ...document,
    title: line('title'),
    source: line('source'),
    author: line('author'),
    url: cut.includes('url') ? null : document.url,
    language: cut.includes('language') ? null : document.language,
    tags: thatFit(document.tags, FIELD_BYTES.tags),
    metadata: safeMetadata([...metadata, [CUT, cut]]),
  };
}

/** Of a text its own bytes, of all else those of its JSON. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

/** The longest beginning in whole characters. */
function cutToBytes(text: string, most: number): string {
  return new TextDecoder().decode(Buffer.from(text).subarray(0, most), { stream: true });
}

function thatFit<Entry>(entries: Entry[], most: number): Entry[] {
  let left = most;
  return entries.filter((entry) => {
    // With the comma after it.
    const bytes = Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}
