import fc from 'fast-check';
import type { MadeDocument } from './made-documents.js';

/** Texts that differ in case, accents, length and what they look like; few, so that filters meet documents. */
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'b',
  'é',
  'Ω',
  '日本',
  '🙂',
  "it's",
  '5',
  '5.0',
  '-1',
  'true',
  '[1]',
  '{"k":1}',
];
const NUMBERS = [0, 1, -1, 5, 0.1, 1e21, 5e-324, 2 ** 53 - 1];
const LANGUAGES = ['en', 'en-GB', 'EN', 'eng', 'fr', 'fr-CA', 'e', ''];
const DATES = [
  '2025-07-15',
  '2025-07-16',
  '2025-07-16T00:00:00Z',
  '2025-07-16T23:59:59.999Z',
  '2025-07-17',
  '1969-12-31',
];
const KEYS = ['n', 'deep', 'list', '0', 'two words', 'é'];

const text = fc.constantFrom(...TEXTS);
const scalar = fc.oneof(text, fc.constantFrom(...NUMBERS), fc.boolean());
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 3 });

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { weight: 6, arbitrary: orNull(scalar) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 3 }) },
  ),
})).value;

/** Documents that have of every field whatever it may hold. */
export const documentFields: fc.Arbitrary<Omit<MadeDocument, 'id'>> = fc.record({
  title: orNull(text),
  url: orNull(text),
  source: orNull(text),
  author: orNull(text),
  language: orNull(fc.constantFrom(...LANGUAGES)),
  publishedAt: orNull(fc.constantFrom(...DATES)),
  tags: fc.uniqueArray(text, { maxLength: 3 }),
  metadata: fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 4 }),
});

const onField = (
  field: fc.Arbitrary<string>,
  value: fc.Arbitrary<string | number | boolean>,
): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      field,
      fc.oneof(
        fc.tuple(fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'), value),
        fc.tuple(fc.constantFrom('in', 'nin'), fc.array(value, { maxLength: 4 })),
        fc.tuple(fc.constant('exists'), fc.boolean()),
      ),
    )
    .map(([name, [operator, operand]]) => ({ [name]: { [operator]: operand } }));

const path = fc
  .array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 })
  .map((keys) => `metadata.${keys.join('.')}`);

/** Filters as requests have them, of every field and operator, joined in every way. */
export const filters: fc.Arbitrary<unknown> = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    onField(fc.constantFrom('title', 'url', 'source', 'author', 'id'), scalar),
    onField(fc.constant('language'), fc.oneof(fc.constantFrom(...LANGUAGES), scalar)),
    onField(fc.constant('tags'), scalar),
    onField(fc.constant('publishedAt'), fc.constantFrom(...DATES)),
    onField(path, scalar),
    onField(path, scalar),
    fc.array(tie('filter'), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('filter'), { maxLength: 3 }).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
})).filter;
