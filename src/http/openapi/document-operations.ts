import { z } from 'zod';
import { FIELD_BYTES } from '../../documents/field-limits.js';
import { documentInput } from '../../documents/input.js';
import { MOST_DOCUMENTS } from '../../engine.js';
import { listRequest } from '../../search/list-request.js';
import { filter } from '../../search/request.js';
import { filterBody } from '../document-routes.js';
import {
  documentPage,
  fullDocument,
  location,
  passages,
  removedDocuments,
  writtenDocument,
  writtenDocuments,
} from './answers/documents.js';
import { jobAnswer } from './answers/jobs.js';
import { json, type Operation } from './operation.js';

const tag = 'Documents';
const SAMPLE = { path: { id: 'energy/tidal-gate-opens.md' } };
const NOTE = { id: 'note-1', title: 'A note', text: 'The ferryman keeps bees.', source: 'Notes' };

const document = documentInput.describe(
  `One of text, html and markdown. A field that is none of these goes to the metadata. The largest in bytes of UTF-8: ${Object.entries(
    FIELD_BYTES,
  )
    .map(([field, bytes]) => `${field} ${bytes}`)
    .join(', ')}.`,
);
const removal = filterBody.extend({ filter });
const queued = { description: 'The job that does it.', content: json('JobAnswer', jobAnswer) };

/** Documents: one by one, in bulk, as files. */
export const documentOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v1/documents',
    id: 'listDocuments',
    tag,
    summary: 'List documents',
    query: listRequest,
    answers: { 200: { description: 'A page.', content: json('DocumentPage', documentPage) } },
    failures: ['ANSWER_TOO_LARGE'],
    revalidates: true,
    example: { query: { limit: '5', filter: '{"tags":{"in":["energy"]}}' } },
  },
  {
    method: 'POST',
    path: '/v1/documents',
    id: 'addDocuments',
    tag,
    summary: `Bring in documents, up to ${MOST_DOCUMENTS}`,
    description: 'All of them, or none where one is wrong. They are on the disk and found when it answers.',
    body: json('DocumentInputs', z.union([document, z.array(document).max(MOST_DOCUMENTS)]), [NOTE]),
    answers: {
      201: { description: 'What became of each.', content: json('WrittenDocuments', writtenDocuments) },
    },
    failures: ['INVALID_DOCUMENT', 'PAYLOAD_TOO_LARGE', 'PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'DISK_FULL'],
  },
  {
    method: 'POST',
    path: '/v1/documents/import',
    id: 'importDocuments',
    tag,
    summary: 'Bring in any number of documents',
    description: 'A document a line, streamed. They are safe when it answers, and found as the job goes on.',
    body: {
      type: 'application/x-ndjson',
      schema: { type: 'string' },
      example: `${JSON.stringify({ ...NOTE, id: 'note-2' })}\n${JSON.stringify({ ...NOTE, id: 'note-3' })}\n`,
    },
    answers: { 202: queued },
    failures: ['UNSUPPORTED_TYPE', 'DISK_FULL'],
  },
  {
    method: 'POST',
    path: '/v1/files',
    id: 'addFiles',
    tag,
    summary: 'Bring in files',
    description: 'Files of any supported type; the type is told by the content.',
    body: {
      type: 'multipart/form-data',
      schema: {
        type: 'object',
        properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } },
        required: ['files'],
      },
    },
    answers: { 202: queued },
    failures: ['PAYLOAD_TOO_LARGE', 'DISK_FULL'],
  },
  {
    method: 'GET',
    path: '/v1/documents/:id',
    id: 'getDocument',
    tag,
    summary: 'A document with its text',
    answers: { 200: { description: 'The document.', content: json('FullDocument', fullDocument) } },
    failures: ['DOCUMENT_NOT_FOUND', 'ANSWER_TOO_LARGE'],
    revalidates: true,
    example: SAMPLE,
  },
  {
    method: 'GET',
    path: '/v1/documents/:id/passages',
    id: 'getPassages',
    tag,
    summary: 'The passages of a document',
    answers: { 200: { description: 'In the order of the text.', content: json('Passages', passages) } },
    failures: ['DOCUMENT_NOT_FOUND', 'ANSWER_TOO_LARGE'],
    revalidates: true,
    example: SAMPLE,
  },
  {
    method: 'GET',
    path: '/v1/documents/:id/location',
    id: 'getLocation',
    tag,
    summary: "Where a document's file lies",
    description: 'For the user who runs the server alone, whose commands have a key of their own.',
    answers: {
      200: { description: 'The path; null where it is from no file.', content: json('Location', location) },
    },
    failures: ['DOCUMENT_NOT_FOUND', 'UNAUTHORIZED', 'FORBIDDEN'],
    example: SAMPLE,
  },
  {
    method: 'GET',
    path: '/v1/documents/:id/pages/:page',
    id: 'getPagePicture',
    tag,
    summary: 'A page of a PDF as a picture',
    description:
      'Pages count from 1. The file is read where it lay, if it is still the one that was read; of uploads the text alone is kept.',
    answers: {
      200: {
        description: 'The page.',
        content: { type: 'image/png', schema: { type: 'string', format: 'binary' } },
      },
    },
    failures: ['DOCUMENT_NOT_FOUND', 'NO_PAGE_PICTURE', 'PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'BUSY'],
    example: { path: { id: 'technology/cable-listens-for-whales.pdf', page: '1' } },
  },
  {
    method: 'PUT',
    path: '/v1/documents/:id',
    id: 'putDocument',
    tag,
    summary: 'Bring in one document under an id',
    body: json('DocumentInput', document, { ...NOTE, id: 'note-4' }),
    answers: {
      201: { description: 'It is new.', content: json('WrittenDocument', writtenDocument) },
      200: {
        description: 'There was one, which it replaces.',
        content: json('WrittenDocument', writtenDocument),
      },
    },
    failures: ['INVALID_DOCUMENT', 'PAYLOAD_TOO_LARGE', 'PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'DISK_FULL'],
    example: { path: { id: 'note-4' } },
  },
  {
    method: 'DELETE',
    path: '/v1/documents/:id',
    id: 'deleteDocument',
    tag,
    summary: 'Remove a document',
    answers: { 204: { description: 'It is gone.' } },
    failures: ['DOCUMENT_NOT_FOUND'],
    example: { path: { id: 'note-4' } },
  },
  {
    method: 'DELETE',
    path: '/v1/documents',
    id: 'deleteDocuments',
    tag,
    summary: 'Remove the documents that a filter lets through',
    description: 'The filter stands in the body, or in the address.',
    query: removal.partial(),
    body: json('RemovalRequest', removal, { filter: { source: 'Notes' } }),
    answers: {
      200: { description: 'How many it removed.', content: json('RemovedDocuments', removedDocuments) },
    },
  },
];
