import { readFileSync } from 'node:fs';
import { statusOf } from '../problem.js';
import { scopeFor } from '../route-scope.js';
import { componentSchemas, parametersOf, referenceTo } from './component-schemas.js';
import { documentOperations } from './document-operations.js';
import { jobOperations } from './job-operations.js';
import { mapOperations } from './map-operations.js';
import type { Answer, Content, Operation } from './operation.js';
import { searchOperations } from './search-operations.js';
import { serverOperations } from './server-operations.js';
import { storyOperations } from './story-operations.js';

/** Every route of the server. */
export const OPERATIONS: Operation[] = [
  ...searchOperations,
  ...documentOperations,
  ...storyOperations,
  ...mapOperations,
  ...jobOperations,
  ...serverOperations,
];

const MANIFEST = new URL('../../../package.json', import.meta.url);
/** Answer before a key is asked for. */
const OPEN = ['/healthz', '/readyz', '/openapi.json'];

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that check the requests. */
export function openApiDocument(): Json {
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Akin',
      version,
      summary: 'Semantic search over your own documents',
      description:
        'Errors are problem documents (RFC 9457) with a `code` that stays the same; the schema Problem names all of them. Where a key was made, requests under /v1 need one.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    // Where no key was made, none is needed.
    security: [{ key: [] }, {}],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key that akin keys create made.' },
      },
      responses: { Problem: problemResponse('What went wrong, and what to do next.') },
      schemas: componentSchemas(OPERATIONS),
    },
  };
}

function describe({ path, method, body, ...operation }: Operation): Json {
  const isOpen = OPEN.includes(path);
  const scope = isOpen ? null : `Where keys are needed: scope \`${scopeFor(method, path)}\`.`;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description, scope].filter(Boolean).join('\n\n'),
    ...(isOpen ? { security: [] } : {}),
    parameters: [...pathParameters(path, operation), ...queryParameters(operation)],
    // What is removed may stand in the address instead: not every program sends a body with DELETE.
    ...(body ? { requestBody: { required: method !== 'DELETE', content: contentOf(body) } } : {}),
    responses: responsesOf(operation),
  };
}

function pathParameters(path: string, { example }: Pick<Operation, 'example'>): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...exampleOf(example?.path?.[name]),
  }));
}

function queryParameters({ query, example }: Pick<Operation, 'query' | 'example'>): Json[] {
  if (!query) return [];
  return parametersOf(query).map(({ name, required, schema }) => {
    const { description, ...bare } = schema;
    const given = example?.query?.[name];
    const head = { name, in: 'query', required, ...(description === undefined ? {} : { description }) };
    // A filter is an object, written as JSON.
    if (name === 'filter') {
      const value = given === undefined ? undefined : (JSON.parse(given) as unknown);
      return { ...head, content: { 'application/json': { schema: bare, ...exampleOf(value) } } };
    }
    if (bare.type === 'array') {
      return { ...head, style: 'form', explode: false, schema: bare, ...exampleOf(given?.split(',')) };
    }
    return { ...head, schema: bare, ...exampleOf(bare.type === 'integer' ? given && Number(given) : given) };
  });
}

function responsesOf({
  answers,
  failures = [],
  revalidates = false,
}: Pick<Operation, 'answers' | 'failures' | 'revalidates'>): Json {
  const responses: Json = {};
  for (const [status, { description, content }] of Object.entries<Answer>(answers)) {
    responses[status] = { description, ...(content ? { content: contentOf(content) } : {}) };
  }
  if (revalidates) responses[304] = { description: 'It is as If-None-Match says: nothing has changed.' };
  for (const code of failures) {
    const status = statusOf(code);
    const codes = failures.filter((other) => statusOf(other) === status);
    responses[status] = problemResponse(codes.join(', '));
  }
  return { ...responses, default: { $ref: '#/components/responses/Problem' } };
}

function problemResponse(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: referenceTo('Problem') } } };
}

function contentOf(content: Content): Json {
  const schema = 'name' in content ? referenceTo(content.name) : content.schema;
  return { [content.type]: { schema, ...exampleOf(content.example) } };
}

function exampleOf(example: unknown): Json {
  return example === undefined ? {} : { example };
}
