import { type RequestHandler, Router } from 'express';
import multer from 'multer';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { audit } from './audit.js';
import type { GetEngine } from './server.js';

const MOST_FILES = 1_000;
/** In UTF-16 units. */
const LONGEST_FIELD_NAME = 256;

/** What is streamed to the disk instead of being read into memory: imports and files. */
export function uploadRoutes(engine: GetEngine, { maxFileBytes }: Pick<Config, 'maxFileBytes'>): Router {
  const router = Router();

  router.post('/documents/import', requireUncompressed, async (request, response) => {
    if (!request.is(['application/x-ndjson', 'application/jsonl', 'application/ndjson'])) {
      throw new AkinError('UNSUPPORTED_TYPE', 'Send one JSON document a line, as application/x-ndjson.');
    }
    const job = await engine().jobs.addImport(request);
    audit(response, 'job queued', job.counts.total ?? 0);
    response.status(202).json({ job });
  });

  router.post(
    '/files',
    requireUncompressed,
    async (request, response, next) => {
      const upload = multer({
        dest: await engine().uploadFolder(),
        preservePath: true,
        defParamCharset: 'utf8',
        limits: {
          files: MOST_FILES,
          parts: MOST_FILES,
          fileSize: maxFileBytes,
          fieldNameSize: LONGEST_FIELD_NAME,
          // A text field is refused before its name is taken apart, which could take forever (GHSA-535w-7cp7-47q4).
          fields: 0,
          fieldSize: 0,
        },
      });
      upload.any()(request, response, (error?: unknown) =>
        next(error ? formError(error, maxFileBytes) : undefined),
      );
    },
    async (request, response) => {
      const files = (request.files ?? []) as Express.Multer.File[];
      if (files.length === 0) {
        throw new AkinError(
          'INVALID_REQUEST',
          'There is no file in the request; send them as multipart/form-data.',
        );
      }
      const named = files.map(({ path, originalname }) => ({ path, name: safeName(originalname) }));
      const job = await engine().jobs.addFiles(named);
      audit(response, 'job queued', named.length);
      response.status(202).json({ job });
    },
  );

  return router;
}

/**
 * What is streamed to the disk is not expanded on its way.
 * @throws AkinError UNSUPPORTED_TYPE
 */
const requireUncompressed: RequestHandler = (request, _response, next) => {
  const encoding = request.get('Content-Encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new AkinError(
      'UNSUPPORTED_TYPE',
      `The body must not be compressed, and is sent with Content-Encoding: ${encoding}. Send it without; compressed files are for POST /v1/files, as they are.`,
    );
  }
  next();
};

/** In Akin's terms what the parser of forms throws: its own errors are plain ones; those of the system have a code. */
function formError(error: unknown, maxFileBytes: number): unknown {
  if (error instanceof multer.MulterError) return limitError(error, maxFileBytes);
  if (!(error instanceof Error) || error.constructor !== Error || 'code' in error) return error;
  return new AkinError(
    'INVALID_REQUEST',
    `The form can't be read: ${error.message}. Send the files as multipart/form-data.`,
    { cause: error },
  );
}

function limitError(cause: multer.MulterError, maxFileBytes: number): AkinError {
  const { code, filename } = cause as multer.MulterError & { filename?: string };
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return new AkinError(
        'PAYLOAD_TOO_LARGE',
        `The file "${filename}" is larger than ${maxFileBytes} bytes, so none of the files was taken. Leave it out or split it, or raise AKIN_MAX_FILE_BYTES.`,
        { cause },
      );
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_PART_COUNT':
      return new AkinError(
        'PAYLOAD_TOO_LARGE',
        `The form has more than ${MOST_FILES} files. Send them in several requests.`,
        { cause },
      );
    case 'LIMIT_FIELD_COUNT':
      return new AkinError(
        'INVALID_REQUEST',
        'The form has a text field; it may have files only. Send what a document needs besides its text with POST /v1/documents.',
        { cause },
      );
    default:
      return new AkinError(
        'INVALID_REQUEST',
        `Each file in the form needs a field name of at most ${LONGEST_FIELD_NAME} characters, such as "files".`,
        { cause },
      );
  }
}

/** A file's path as an id: with `/`, relative, and never out of its folder. */
function safeName(name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  if (parts.length === 0) throw new AkinError('INVALID_REQUEST', 'A file in the request has no name.');
  return parts.join('/');
}
