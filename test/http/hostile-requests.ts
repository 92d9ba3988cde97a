import fc from 'fast-check';

/** A request as it goes over the wire. */
export interface HostileRequest {
  method: string;
  path: string;
  type: string | null;
  body: string | null;
}

/** Strings that were trouble somewhere: in paths, SQL, HTML, headers, prototypes, queries, Unicode. */
const TROUBLE = [
  '',
  ' ',
  '\0',
  '../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  '%2e%2e%2f%2e%2e%2fakin.db',
  'C:\\x',
  "'; DROP TABLE documents; --",
  "' OR '1'='1",
  '1); DELETE FROM vectors; --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'a\r\nSet-Cookie: x=1\r\n\r\n<html>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '"',
  '"unclosed phrase',
  '-"',
  '- - -',
  '--',
  '*',
  'AND OR NOT NEAR(',
  'title:x^2 (a OR b) {c}',
  '%',
  '%%%s%n',
  '\ud800',
  '\udc00x',
  '\u202e\u2066\ufeff',
  'e\u0301'.repeat(50),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'مرحبا بالعالم',
  '霧が濃い',
  'a'.repeat(300),
  'ab '.repeat(400),
  '"a" '.repeat(200),
  '-x '.repeat(200),
  'aaaa!'.repeat(100),
  '('.repeat(500),
  'NaN',
  'null',
  '1e309',
  '-0',
  '9007199254740993',
  '2025-02-30',
  '0000-00-00T99:99:99Z',
  '+275760-09-14',
];

const text = fc.oneof(
  fc.constantFrom(...TROUBLE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.lorem({ maxCount: 6 }),
);
const ID = fc.constantFrom('one', 'two', 'three', '__proto__', 'a/b#2', '../x', 'é ü', '%', 'none');
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 1, 0.5, 1e9, 1e308, Number.MAX_SAFE_INTEGER),
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
);

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

const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
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
const filterBomb = fc.constantFrom(
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

/**
 * An object of which some members are missing, of the wrong kind, or unknown.
 * @param requiredKeys those that are there most of the time
 */
function nearly(
  members: Record<string, fc.Arbitrary<unknown>>,
  requiredKeys: string[] = [],
): fc.Arbitrary<unknown> {
  const loosened = Object.fromEntries(
    Object.entries(members).map(([name, right]) => [
      name,
      fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: anything }),
    ]),
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.record(loosened, { requiredKeys }) },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...loosened, [TROUBLE[15] ?? '']: anything, unknown: anything },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: anything },
  );
}

const searched = nearly(
  {
    query: text,
    limit: fc.integer({ min: 0, max: 20 }),
    offset: fc.integer({ min: 0, max: 30 }),
    mode: fc.constantFrom('hybrid', 'semantic', 'keyword'),
    prefix: fc.boolean(),
    groupBy: fc.constant('document'),
    filter: fc.oneof({ weight: 20, arbitrary: filter }, { weight: 1, arbitrary: filterBomb }),
    facets: fc.array(fc.constantFrom('source', 'author', 'language', 'tags'), { maxLength: 4 }),
    minScore: fc.double({ min: 0, max: 1, noNaN: true }),
    passagesPerDocument: fc.integer({ min: 0, max: 5 }),
    explain: fc.boolean(),
  },
  ['query'],
);

const document = nearly(
  {
    id: ID,
    title: text,
    text: fc.oneof(text, fc.lorem({ mode: 'sentences', maxCount: 4 })),
    url: fc.oneof({ weight: 5, arbitrary: fc.webUrl() }, { weight: 1, arbitrary: text }),
    source: text,
    author: text,
    publishedAt: fc.oneof(
      text,
      fc.date().map((date) => String(date)),
    ),
    language: fc.oneof(
      { weight: 1, arbitrary: text },
      { weight: 5, arbitrary: fc.constantFrom('en', 'de-AT', 'zh-Hant', 'x'.repeat(40)) },
    ),
    tags: fc.array(text, { maxLength: 4 }),
    metadata: fc.dictionary(text, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 4 }),
  },
  ['text'],
);

const flat = (names: string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...names, '__proto__', 'unknown', 'q[x]'),
        fc.oneof(
          text,
          filter.map((f) => JSON.stringify(f)),
        ),
      ),
      {
        maxLength: 5,
      },
    )
    .map((pairs) => pairs.map(([name, given]) => `${encode(name)}=${encode(given)}`).join('&'));

/** Percent-encoded; what is no Unicode goes as the bytes that an older client would send. */
function encode(part: string): string {
  return encodeURIComponent(Buffer.from(part).toString());
}

const json = (given: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: given.map((one) => JSON.stringify(one) ?? 'null') },
    { weight: 1, arbitrary: given.map((one) => (JSON.stringify(one) ?? '').slice(0, -1)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );

const typed = (body: fc.Arbitrary<string>): fc.Arbitrary<Pick<HostileRequest, 'type' | 'body'>> =>
  fc.record({
    type: fc.oneof(
      { weight: 20, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'text/plain',
          'application/json; charset=utf-7',
          'multipart/form-data',
          'a/b;c',
        ),
      },
    ),
    body,
  });

const bare = fc.constant({ type: null, body: null });
const at = (
  method: string,
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<Pick<HostileRequest, 'type' | 'body'>> = bare,
): fc.Arbitrary<HostileRequest> =>
  fc.tuple(path, body).map(([where, rest]) => ({ method, path: where, ...rest }));

const underId = (rest = ''): fc.Arbitrary<string> =>
  fc.oneof(ID, text).map((id) => `/v1/documents/${encode(id)}${rest}`);
const queried = (path: fc.Arbitrary<string>, names: string[]): fc.Arbitrary<string> =>
  fc.tuple(path, flat(names)).map(([where, query]) => `${where}?${query}`);

const lines = fc
  .array(fc.oneof(json(document), fc.constantFrom('', '{', 'null', '[]', '{"text":"x"}')), { maxLength: 6 })
  .map((all) => ({
    type: 'application/x-ndjson',
    body: all.map((line) => line.replaceAll('\n', ' ')).join('\n'),
  }));

const files = fc
  .array(
    fc.tuple(
      fc.oneof(text, fc.constantFrom('a.txt', '../a.txt', 'a.html', 'a.json', 'a.csv', 'a.zip', 'a.pdf')),
      text,
    ),
    {
      minLength: 0,
      maxLength: 3,
    },
  )
  .map((all) => {
    const parts = all.map(
      ([name, content]) =>
        `--fuzz\r\nContent-Disposition: form-data; name="file"; filename="${Buffer.from(name)
          .toString()
          .replaceAll(/["\r\n]/g, '_')}"\r\n\r\n${content}\r\n`,
    );
    return { type: 'multipart/form-data; boundary=fuzz', body: `${parts.join('')}--fuzz--\r\n` };
  });

/** Requests of every route: valid ones, nearly valid ones, absurd ones; searches the most. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 6, arbitrary: at('POST', fc.constant('/v1/search'), typed(json(searched))) },
  {
    weight: 3,
    arbitrary: at(
      'GET',
      queried(fc.constant('/v1/search'), ['q', 'limit', 'mode', 'filter', 'facets', 'minScore']),
    ),
  },
  {
    weight: 1,
    arbitrary: at(
      'POST',
      fc.constant('/v1/search/batch'),
      typed(json(nearly({ queries: fc.array(searched, { maxLength: 2 }) }))),
    ),
  },
  {
    weight: 3,
    arbitrary: at('GET', queried(underId('/related'), ['limit', 'filter', 'diversity', 'recency', 'source'])),
  },
  {
    weight: 1,
    arbitrary: at(
      'POST',
      fc.constant('/v1/related'),
      typed(json(nearly({ title: text, text, filter, limit: number }))),
    ),
  },
  {
    weight: 1,
    arbitrary: at(
      'POST',
      fc.constant('/v1/embeddings'),
      typed(
        json(
          nearly(
            {
              input: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
              model: fc.constant('all-MiniLM-L6-v2'),
              encoding_format: fc.constantFrom('float', 'base64'),
              dimensions: fc.constant(384),
            },
            ['input'],
          ),
        ),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: at(
      'POST',
      fc.constant('/v1/documents'),
      typed(json(fc.oneof(document, fc.array(document, { maxLength: 2 })))),
    ),
  },
  { weight: 2, arbitrary: at('PUT', underId(), typed(json(document))) },
  { weight: 2, arbitrary: at('GET', fc.oneof(underId(), underId('/passages'), underId('/story'))) },
  { weight: 1, arbitrary: at('DELETE', underId()) },
  { weight: 1, arbitrary: at('DELETE', fc.constant('/v1/documents'), typed(json(nearly({ filter })))) },
  { weight: 3, arbitrary: at('GET', queried(fc.constant('/v1/documents'), ['limit', 'cursor', 'filter'])) },
  { weight: 1, arbitrary: at('POST', fc.constant('/v1/documents/import'), lines) },
  { weight: 1, arbitrary: at('POST', fc.constant('/v1/files'), files) },
  {
    weight: 2,
    arbitrary: at(
      'GET',
      queried(fc.constantFrom('/v1/stories', '/v1/stats', '/v1/jobs', '/v1/jobs/x', '/healthz'), [
        'limit',
        'cursor',
      ]),
    ),
  },
  {
    weight: 1,
    arbitrary: at('POST', fc.constant('/v1/jobs'), typed(json(nearly({ paths: fc.array(text) })))),
  },
  {
    weight: 1,
    arbitrary: at(
      'GET',
      fc.oneof(
        text.map((path) => `/${encode(path)}`),
        fc.constantFrom('/v1', '//', '/v1/documents/%', '/%00', '/..%2f..%2fakin.db'),
      ),
    ),
  },
);
