/** The codes of every failure that Akin knows. They are stable: clients and scripts may rely on them. */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'INVALID_SETTING'
  | 'DOCUMENT_NOT_FOUND'
  | 'JOB_NOT_FOUND'
  | 'NO_PAGE_PICTURE'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'PATH_NOT_FOUND'
  | 'NOTHING_FOUND'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'KEY_NOT_FOUND'
  | 'HOST_NOT_ALLOWED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'PERMISSION_DENIED'
  | 'PAYLOAD_TOO_LARGE'
  | 'ANSWER_TOO_LARGE'
  | 'FILE_TOO_LARGE'
  | 'UNSUPPORTED_TYPE'
  | 'EMPTY_FILE'
  | 'NO_TEXT'
  | 'PAGES_LEFT_OUT'
  | 'OCR_UNAVAILABLE'
  | 'INVALID_ENCODING'
  | 'INVALID_JSON'
  | 'INVALID_DOCUMENT'
  | 'DAMAGED_FILE'
  | 'ENCRYPTED_FILE'
  | 'UNSAFE_PATH'
  | 'OWN_FILE'
  | 'PRIVATE_KEY'
  | 'ARCHIVE_TOO_LARGE'
  | 'TEXT_TOO_LARGE'
  | 'PARSE_TIMEOUT'
  | 'OUT_OF_MEMORY'
  | 'PROCESS_DIED'
  | 'PARSE_FAILED'
  | 'READ_FAILED'
  | 'ID_CONFLICT'
  | 'INDEX_LOCKED'
  | 'INDEX_DAMAGED'
  | 'INDEX_UNWRITABLE'
  | 'INDEX_TOO_NEW'
  | 'DISK_FULL'
  | 'TOO_MANY_FILES'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_REFUSED'
  | 'DATABASE_UNSUITABLE'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_OUTDATED'
  | 'INDEX_NOT_FOUND'
  | 'INDEX_NOT_EMPTY'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_FAILED'
  | 'MIGRATION_FAILED'
  | 'MODEL_MISMATCH'
  | 'MODEL_UNAVAILABLE'
  | 'MODEL_INVALID'
  | 'MODEL_NOT_FOUND'
  | 'NO_RERANKER'
  | 'EMBEDDING_FAILED'
  | 'CANCELLED'
  | 'NOT_READY'
  | 'SERVER_UNREACHABLE'
  | 'INTERNAL';

/** One thing that is wrong in a request: where (`filter.publishedAt.gte`) and what. */
export interface ErrorIssue {
  path: string;
  message: string;
}

export interface AkinErrorOptions {
  cause?: unknown;
  issues?: ErrorIssue[];
}

/**
 * A failure that Akin foresaw. `code` says which; `message` says what happened to what, and what to do
 * next, for a person to read. Nothing in Akin decides by the message.
 */
export class AkinError extends Error {
  readonly code: ErrorCode;
  readonly issues: ErrorIssue[] | undefined;

  constructor(code: ErrorCode, message: string, { cause, issues }: AkinErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AkinError';
    this.code = code;
    this.issues = issues;
  }
}

/** The code of any thrown value: an AkinError's own, `INTERNAL` for what nobody foresaw. */
export function errorCode(error: unknown): ErrorCode {
  return error instanceof AkinError ? error.code : 'INTERNAL';
}

/** The message of any thrown value. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
