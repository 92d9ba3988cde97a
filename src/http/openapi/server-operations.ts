import { readiness, stats, status } from './answers/server.js';
import { json, type Operation } from './operation.js';

const tag = 'Server';
const alive = json('Status', status);

/** What the server says of itself. */
export const serverOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v1/stats',
    id: 'stats',
    tag,
    summary: 'What the index holds',
    answers: { 200: { description: 'Numbers, and the model.', content: json('Stats', stats) } },
  },
  {
    method: 'GET',
    path: '/healthz',
    id: 'health',
    tag,
    summary: 'Whether the process lives',
    answers: { 200: { description: 'It does.', content: alive } },
  },
  {
    method: 'GET',
    path: '/readyz',
    id: 'readiness',
    tag,
    summary: 'Whether the index is loaded',
    answers: { 200: { description: 'It is.', content: json('Readiness', readiness) } },
    failures: ['NOT_READY'],
  },
  {
    method: 'GET',
    path: '/metrics',
    id: 'metrics',
    tag,
    summary: 'Numbers for Prometheus',
    answers: {
      200: {
        description: "Prometheus' text format.",
        content: { type: 'text/plain', schema: { type: 'string' } },
      },
    },
  },
  {
    method: 'GET',
    path: '/openapi.json',
    id: 'openapi',
    tag,
    summary: 'This document',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        content: { type: 'application/json', schema: { type: 'object' } },
      },
    },
  },
];
