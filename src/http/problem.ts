import type { ErrorRequestHandler } from 'express';
import { AkinError, type ErrorCode } from '../errors.js';
import { explainDamage } from '../storage/damage.js';
import { explainSystemError } from '../system-error.js';
import type { Log } from './log.js';
import { openAiError } from './openai-error.js';

/** The status of each failure that a request can meet; any other is a 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400,
  INVALID_JSON: 400,
  INVALID_DOCUMENT: 400,
  INVALID_ENCODING: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  HOST_NOT_ALLOWED: 403,
  ORIGIN_NOT_ALLOWED: 403,
  DOCUMENT_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  NO_PAGE_PICTURE: 404,
  NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  ANSWER_TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  PARSE_TIMEOUT: 422,
  OUT_OF_MEMORY: 422,
  NO_TEXT: 400,
  RATE_LIMITED: 429,
  NO_RERANKER: 400,
  BUSY: 503,
  INDEX_DAMAGED: 500,
  CANCELLED: 503,
  NOT_READY: 503,
  PROCESS_DIED: 503,
  TOO_MANY_FILES: 503,
  INDEX_UNWRITABLE: 503,
  DATABASE_UNREACHABLE: 503,
  DISK_FULL: 507,
};

/** The codes that answers have. */
export const PROBLEM_CODES = [...(Object.keys(STATUS) as ErrorCode[]), 'INTERNAL' as const];

/** The status that goes with a code. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Key needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Wrong method',
  413: 'Too large',
  415: 'Unsupported type',
  422: "Can't be processed",
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available now',
  507: 'No room',
};

/** Answers errors as RFC 9457 problems; one that nobody foresaw is logged whole and answered without its words. */
export const problems =
  (log: Log): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const broken = request.destroyed && !request.complete;
    const error = broken
      ? new AkinError('INVALID_REQUEST', 'The request broke off before its end.')
      : known(thrown);
    const status = error ? statusOf(error.code) : 500;
    const { requestId: id } = response.locals;
    if (status === 500) log.error({ requestId: id, error: describe(thrown) }, 'request failed');
    if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="Akin"');
    if (status === 503) response.set('Retry-After', '1');
    const shown = error !== null && STATUS[error.code] !== undefined && error;
    const issues = shown ? error.issues : undefined;
    const detail = shown ? error.message : `Akin failed; its log tells why under ${id}.`;
    const code = shown ? error.code : 'INTERNAL';
    // The tag is of the answer that did not come.
    response.removeHeader('ETag');
    response.set('Cache-Control', 'no-store');
    const forOpenAi = openAiError(request.path, { status, code, detail, issues });
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: TITLES[status],
          status,
          detail,
          code,
          requestId: id,
          ...(issues ? { errors: issues } : {}),
          ...(forOpenAi ? { error: forOpenAi } : {}),
        }),
      );
  };

/** What the body parsers and the database throw, in Akin's terms. */
function known(thrown: unknown): AkinError | null {
  const error = explainDamage(thrown);
  if (error instanceof AkinError) return error;
  const { type } = error as { type?: string };
  if (type === 'entity.too.large') {
    return new AkinError(
      'PAYLOAD_TOO_LARGE',
      'The request is too large. Send it in parts, or raise AKIN_MAX_BODY_BYTES.',
    );
  }
  if (type === 'entity.parse.failed') return new AkinError('INVALID_REQUEST', 'The body is no JSON.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AkinError('UNSUPPORTED_TYPE', 'The body must be JSON in UTF-8.');
  }
  if (error instanceof URIError) return new AkinError('INVALID_REQUEST', 'The address is wrongly encoded.');
  return explainSystemError(error);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
