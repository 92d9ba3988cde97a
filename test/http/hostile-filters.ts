import fc from 'fast-check';
import { number, text } from './hostile-values.js';

const field = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom(
      'id',
      'title',
      'url',
      'source',
      'author',
      'publishedAt',
      'language',
      'tags',
      'metadata.a',
      'metadata.a.b',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'metadata',
      'metadata.',
      'metadata.__proto__',
      "metadata.a'b",
      'metadata."',
      'key',
      '__proto__',
      'text',
    ),
  },
);
const operator = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('eq', 'ne', 'in', 'nin', 'gt', 'gte', 'lt', 'lte', 'exists') },
  { weight: 1, arbitrary: fc.constantFrom('like', 'regex', '$gt', '__proto__') },
);
const value = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.array(fc.oneof(text, number), { maxLength: 5 }),
  fc.constant(null),
);

const scalar = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const day = fc.constantFrom('2025-07-01', '1999-12-31T23:59:59Z', '0001-01-01');
const named = fc.constantFrom('id', 'title', 'url', 'source', 'author', 'language', 'tags', 'metadata.a.b');
/** A condition that is right. */
const condition = fc.oneof(
  fc.dictionary(named, scalar, { minKeys: 1, maxKeys: 2 }),
  fc.dictionary(
    named,
    fc.dictionary(fc.constantFrom('eq', 'ne', 'gt', 'lte'), scalar, { minKeys: 1, maxKeys: 2 }),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  ),
  fc.dictionary(named, fc.record({ in: fc.array(scalar, { maxLength: 4 }) }), { minKeys: 1, maxKeys: 1 }),
  fc.record({
    publishedAt: fc.dictionary(fc.constantFrom('gte', 'lt', 'ne'), day, { minKeys: 1, maxKeys: 2 }),
  }),
  fc.dictionary(named, fc.record({ exists: fc.boolean() }), { minKeys: 1, maxKeys: 1 }),
);

/** Filters that are valid, and others that nearly are. */
export const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 30, arbitrary: condition },
    fc.dictionary(field, value, { minKeys: 1, maxKeys: 3 }),
    fc.dictionary(field, fc.dictionary(operator, value, { maxKeys: 2 }), { minKeys: 1, maxKeys: 2 }),
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}));

/** Filters that are too deep or too wide. */
export const filterBomb = fc.constantFrom(
  ...[20, 2_000].map((depth) => nested(depth, 'not')),
  ...[20, 2_000].map((depth) => nested(depth, 'and')),
  { or: Array.from({ length: 5_000 }, (_, i) => ({ id: String(i) })) },
  { id: { in: Array.from({ length: 20_000 }, (_, i) => String(i)) } },
);

function nested(depth: number, way: 'not' | 'and'): unknown {
  let inner: unknown = { id: 'x' };
  for (let i = 0; i < depth; i++) inner = way === 'not' ? { not: inner } : { and: [inner] };
  return inner;
}
