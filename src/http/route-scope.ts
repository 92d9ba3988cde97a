import type { Scope } from '../access/scope.js';

/** What is asked by POST because it does not fit into an address. */
const READS = /^\/(v1\/(search(\/batch)?|related|embeddings)|mcp)\/?$/i;
const WRITES = /^\/v1\/(documents(\/.*)?|files|jobs\/[^/]+)\/?$/i;

/** The scope that a request needs. What is not known to need less needs the most. */
export function scopeFor(method: string, path: string): Scope {
  if (method === 'GET' || method === 'HEAD') return 'read';
  if (method === 'POST' && READS.test(path)) return 'read';
  return WRITES.test(path) ? 'write' : 'admin';
}
