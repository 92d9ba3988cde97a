import { AkinError, type ErrorCode } from './errors.js';

interface Explanation {
  /** Codes of SQLite and of the operating system. */
  codes: RegExp;
  code: ErrorCode;
  message: string;
}

const EXPLANATIONS: Explanation[] = [
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    code: 'DISK_FULL',
    message: 'The disk of the index is full. What was stored is safe; make room, and Akin goes on.',
  },
  {
    codes: /^(SQLITE_(READONLY|CANTOPEN|IOERR(?!_(READ|SHORT_READ|DATA))|PERM).*|EROFS|EIO|ENODEV|ESTALE)$/,
    code: 'INDEX_UNWRITABLE',
    message:
      "The index folder can't be read or written now. What was stored is safe; once the folder is there and may be written, Akin goes on.",
  },
  {
    codes: /^(EMFILE|ENFILE)$/,
    code: 'TOO_MANY_FILES',
    message: 'Akin may open no more files now. Try again in a moment, or raise the limit (ulimit -n).',
  },
];

/** What SQLite or the operating system refused, in Akin's terms; null for any other error. */
export function explainSystemError(error: unknown): AkinError | null {
  const thrown = (error as { code?: unknown } | null)?.code;
  if (typeof thrown !== 'string' || error instanceof AkinError) return null;
  const found = EXPLANATIONS.find(({ codes }) => codes.test(thrown));
  return found ? new AkinError(found.code, found.message, { cause: error }) : null;
}

const PASSING: ErrorCode[] = [
  'DISK_FULL',
  'INDEX_UNWRITABLE',
  'TOO_MANY_FILES',
  'DATABASE_UNREACHABLE',
  'BUSY',
];

/** Whether a failure passes without anybody's doing anything to Akin: the same work may succeed later. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof AkinError ? error.code : explainSystemError(error)?.code;
  return code !== undefined && PASSING.includes(code);
}
