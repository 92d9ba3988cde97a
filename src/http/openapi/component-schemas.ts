import { z } from 'zod';
import { filter } from '../../search/request.js';
import { documentSummary, passage } from './answers/documents.js';
import { job } from './answers/jobs.js';
import { problem } from './answers/problem.js';
import { hit } from './answers/searches.js';
import { story } from './answers/stories.js';
import { FILTER_SCHEMA } from './filter-schema.js';
import type { Content, Operation } from './operation.js';

type JsonSchema = Record<string, unknown>;
type Registry = z.core.$ZodRegistry<{ id: string }>;

/** JSON Schemas by the names that they go by in the document. */
export type ComponentSchemas = Record<string, JsonSchema>;

export function referenceTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** What the bodies and the answers of operations name, and what these have in common. */
export function componentSchemas(operations: Operation[]): ComponentSchemas {
  const bodies = operations.flatMap(({ body }) => body ?? []);
  const answers = operations.flatMap((operation) =>
    Object.values(operation.answers).flatMap(({ content }) => content ?? []),
  );
  const shared = { Document: documentSummary, Passage: passage, Hit: hit, Job: job, Story: story };
  const input = jsonSchemas(registryOf({ Filter: filter }, bodies), 'input');
  const output = jsonSchemas(registryOf({ ...shared, Problem: problem }, answers), 'output');
  return { ...output, ...input, Filter: FILTER_SCHEMA };
}

/** The parameters that a schema of flat values describes. */
export function parametersOf(query: z.ZodObject): { name: string; required: boolean; schema: JsonSchema }[] {
  const { Query } = jsonSchemas(registryOf({ Filter: filter, Query: query }, []), 'input');
  const { properties = {}, required = [] } = Query as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema,
  }));
}

function registryOf(shared: Record<string, z.ZodType>, contents: Content[]): Registry {
  const registry: Registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(shared)) registry.add(schema, { id });
  for (const content of contents) if ('name' in content) registry.add(content.schema, { id: content.name });
  return registry;
}

function jsonSchemas(registry: Registry, io: 'input' | 'output'): ComponentSchemas {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => tidy(jsonSchema, io),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _address, ...schema }]) => [name, schema]),
  );
}

/** Leaves out the bounds that every whole number has; and answers may gain fields, which is no error to a client. */
function tidy(schema: JsonSchema, io: 'input' | 'output'): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}
