import fc from 'fast-check';
import { anyCharacter } from '../support/any-character.js';
import { filter, filterBomb } from './hostile-filters.js';
import { ID, nearly, number, text } from './hostile-values.js';

/** A request as it goes over the wire. */
export interface HostileRequest {
  method: string;
  path: string;
  type: string | null;
  body: string | null;
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
    { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 30 }) },
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
