import { FILTER_FIELDS } from '../../filter.js';

const FILTER = { $ref: '#/components/schemas/Filter' };
const VALUE = { type: ['string', 'number', 'boolean'] };
const VALUES = { type: 'array', items: VALUE };

const CONDITION = {
  oneOf: [
    VALUE,
    {
      type: 'object',
      minProperties: 1,
      properties: {
        ...Object.fromEntries(['eq', 'ne', 'gt', 'gte', 'lt', 'lte'].map((name) => [name, VALUE])),
        in: VALUES,
        nin: VALUES,
        exists: { type: 'boolean' },
      },
      additionalProperties: false,
    },
  ],
};

/** A filter as `parseFilter` reads it, as JSON Schema. */
export const FILTER_SCHEMA = {
  type: 'object',
  description:
    'Conditions on the fields of a document, all of which must hold: `{"source": "Marenholt Courier"}`, `{"tags": {"in": ["energy"]}}`, `{"publishedAt": {"gte": "2025-07-01"}}`, `{"metadata.desk": {"ne": "sport"}}`; joined by `and`, `or`, `not`.',
  examples: [{ source: 'Marenholt Courier' }],
  properties: {
    and: { type: 'array', items: FILTER },
    or: { type: 'array', items: FILTER },
    not: FILTER,
    ...Object.fromEntries(FILTER_FIELDS.map((field) => [field, CONDITION])),
  },
  patternProperties: { '^metadata\\.': CONDITION },
  additionalProperties: false,
};
