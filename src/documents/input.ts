import { z } from 'zod';
import { AkinError, type ErrorIssue } from '../errors.js';
import { readDate } from './dates.js';
import { sizeIssues } from './field-limits.js';
import { readTags, safeMetadata } from './fields.js';
import { oneLine } from './normalise.js';
import { faultOf } from './value-faults.js';

const MAX_ID_LENGTH = 512;

const TEXT_KEYS = ['text', 'html', 'markdown'] as const;

const id = z
  .union([z.string(), z.number()], { error: 'must be a string or a number' })
  .refine((value) => typeof value === 'string' || Math.abs(value) <= Number.MAX_SAFE_INTEGER, {
    error: 'is too large a number to keep its digits: write it as a string',
  })
  .transform(String)
  .pipe(
    z
      .string()
      .max(MAX_ID_LENGTH, { error: `must be at most ${MAX_ID_LENGTH} characters long` })
      .refine((value) => value.trim() !== '', { error: 'must not be empty' })
      .refine((value) => !/\p{Cc}/u.test(value), { error: 'must not contain control characters' })
      .refine((value) => !/\p{Cs}/u.test(value), { error: 'must be well-formed Unicode' }),
  );

const line = z.string({ error: 'must be a string' }).transform((value) => oneLine(value) || undefined);

const date = z
  .union([z.string(), z.number()], { error: 'must be a date as a string' })
  .transform((value, context) => {
    if (typeof value === 'string' && value.trim() === '') return undefined;
    const read = readDate(value);
    if (read !== null) return read;
    context.addIssue({
      code: 'custom',
      message: 'is not a date that can be read: write it as 2025-07-16 or 2025-07-16T09:30:00Z',
    });
    return z.NEVER;
  });

const tags = z
  .union([z.string(), z.array(z.union([z.string(), z.number()]))], {
    error: 'must be an array of strings, or one string',
  })
  .transform((value) =>
    readTags(typeof value === 'string' ? value : value.map((tag) => oneLine(String(tag)))),
  );

const metadata = z
  .record(z.string(), z.unknown(), { error: 'must be an object' })
  .transform((value) => safeMetadata(Object.entries(value)));

/**
 * One document as JSON: `{id?, title?, text | html | markdown, url?, source?, author?, publishedAt?,
 * language?, tags?, metadata?}`. `null` means absent; `_id` is `id`; a key that is none of these goes to the
 * metadata, where it gives way to one that stands there explicitly.
 */
export const documentInput = z.preprocess(
  (value) => (isRecord(value) ? gather(value) : value),
  z
    .object({
      id: id.optional(),
      title: line.optional(),
      text: z.string({ error: 'must be a string' }).optional(),
      html: z.string({ error: 'must be a string' }).optional(),
      markdown: z.string({ error: 'must be a string' }).optional(),
      url: line.optional(),
      source: line.optional(),
      author: line.optional(),
      publishedAt: date.optional(),
      language: line.optional(),
      tags: tags.optional(),
      metadata: metadata.optional(),
    })
    .superRefine((input, context) => {
      const given = TEXT_KEYS.filter((key) => input[key] !== undefined);
      const [first] = given;
      if (first === undefined || given.length > 1) {
        const message =
          first === undefined
            ? 'is missing: give one of text, html and markdown'
            : `is one too many: give only one of ${given.join(', ')}`;
        context.addIssue({ code: 'custom', path: [given[1] ?? 'text'], message });
      } else if (input[first]?.trim() === '') {
        context.addIssue({ code: 'custom', path: [first], message: 'must not be blank' });
      }
    }),
);

/** A document as a client gives it, after {@link documentInput} has read it. */
export type DocumentInput = z.output<typeof documentInput>;

const KNOWN_KEYS = new Set([
  'id',
  'title',
  ...TEXT_KEYS,
  'url',
  'source',
  'author',
  'publishedAt',
  'language',
  'tags',
  'metadata',
]);

/**
 * Refuses a document that can't be stored as its sender gives it: nested too deep, with a number that has lost digits,
 * with a field that is too large, or with an id that no address can have.
 *
 * @throws AkinError INVALID_DOCUMENT, its `issues` naming each field that is wrong.
 */
export function checkDocumentInput(value: unknown): void {
  const faults = valueIssues(value);
  const issues = faults.length > 0 || !isRecord(value) ? faults : sizeIssues(gather(value));
  if (issues.length > 0) throw invalid(issues);
}

/**
 * Reads one JSON document.
 *
 * @throws AkinError INVALID_DOCUMENT, its `issues` naming each field that is wrong.
 */
export function readDocumentInput(value: unknown): DocumentInput {
  const faults = valueIssues(value);
  if (faults.length > 0) throw invalid(faults);
  const result = documentInput.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

function valueIssues(value: unknown): ErrorIssue[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([path, each]): ErrorIssue[] => {
    const message = isRelative(path, each)
      ? 'must not be "." or "..": browsers and programs take them out of an address, so that none can name the document'
      : faultOf(each);
    return message === null ? [] : [{ path, message }];
  });
}

function isRelative(path: string, value: unknown): boolean {
  return (path === 'id' || path === '_id') && (value === '.' || value === '..');
}

function invalid(issues: ErrorIssue[]): AkinError {
  const summary = issues
    .map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
    .join('; ');
  return new AkinError('INVALID_DOCUMENT', `The document is not valid: ${summary}.`, { issues });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The known fields by their names; all others go to the metadata. */
function gather(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  const isAlias = (key: string) => key === '_id' && !entries.some(([other]) => other === 'id');
  const known = entries
    .filter(([key]) => KNOWN_KEYS.has(key) || isAlias(key))
    .map(([key, each]): [string, unknown] => [isAlias(key) ? 'id' : key, each]);
  const extra = entries.filter(([key]) => !KNOWN_KEYS.has(key) && !isAlias(key));
  const input = Object.fromEntries(known);
  const { metadata: given = {} } = input;
  if (extra.length === 0 || !isRecord(given)) return input;
  return { ...input, metadata: safeMetadata([...extra, ...Object.entries(given)]) };
}
