import { AkinError, type ErrorCode } from '../errors.js';

interface Explanation {
  /** SQLSTATEs, and codes of the operating system and of TLS. */
  codes: RegExp;
  code: ErrorCode;
  /** @param place host, port and database @param words the server's own */
  message: (place: string, words: string) => string;
}

const UNREACHABLE: Explanation = {
  // 25006, a write where only reading is allowed: after a fail-over, what was the primary may be a replica.
  codes:
    /^(08...|57P0.|53300|25006|58000|58030|ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|E(HOST|NET)(UNREACH|DOWN)|ENOTFOUND|EAI_AGAIN)$/,
  code: 'DATABASE_UNREACHABLE',
  message: (place, words) =>
    `PostgreSQL at ${place} can't be reached now: ${words}. Once it can, Akin goes on by itself; if it never could, check AKIN_DATABASE and that the server runs.`,
};

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const EXPLANATIONS: Explanation[] = [
  UNREACHABLE,
  {
    codes: /^28...$/,
    code: 'DATABASE_REFUSED',
    message: (place, words) =>
      `PostgreSQL at ${place} refuses to let Akin in: ${words}. Check the user and password in AKIN_DATABASE, and the server's pg_hba.conf.`,
  },
  {
    codes: /^3D000$/,
    code: 'DATABASE_REFUSED',
    message: (place, words) =>
      `PostgreSQL at ${place}: ${words}. Make it with CREATE DATABASE, or name another one in AKIN_DATABASE.`,
  },
  {
    codes: /^42501$/,
    code: 'DATABASE_REFUSED',
    message: (place, words) =>
      `PostgreSQL at ${place} refuses: ${words}. Give the user of AKIN_DATABASE the rights to its schema: a role that owns it has them.`,
  },
  {
    codes:
      /^(CERT_.*|ERR_TLS_.*|ERR_SSL_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/,
    code: 'DATABASE_REFUSED',
    message: (place, words) =>
      `No trusted connection to PostgreSQL at ${place} can be made: ${words}. Name the server's certificate authority in AKIN_DATABASE with sslrootcert=, or choose another sslmode=.`,
  },
  {
    codes: /^(53100|ENOSPC)$/,
    code: 'DISK_FULL',
    message: (place) =>
      `The disk of PostgreSQL at ${place} is full. What was stored is safe; make room, and Akin goes on.`,
  },
  {
    codes: /^57014$/,
    code: 'BUSY',
    message: (place) =>
      `PostgreSQL at ${place} took longer than a statement may. Try again, ask for less, or raise AKIN_DATABASE_TIMEOUT_MS.`,
  },
  {
    codes: /^(40...|55P03)$/,
    code: 'BUSY',
    message: (place) => `Others write to PostgreSQL at ${place} just now. Try again in a moment.`,
  },
  {
    codes: /^53...$/,
    code: 'BUSY',
    message: (place, words) => `PostgreSQL at ${place} is short of what it needs: ${words}. Try again later.`,
  },
  {
    codes: /^XX00[12]$/,
    code: 'INDEX_DAMAGED',
    message: (place, words) =>
      `PostgreSQL at ${place} found its files damaged: ${words}. Restore the database from a backup.`,
  },
];

/** What PostgreSQL, its driver or the network refused, in Akin's terms; any other error as it is. */
export function explainPostgresError(error: unknown, place: string): unknown {
  if (error instanceof AkinError) return error;
  const code = codeOf(error);
  const found = EXPLANATIONS.find(({ codes }) => code !== null && codes.test(code));
  return found ? explained(found, error, place) : error;
}

/** A connection that was not to be had, or broke: the driver gives some of these failures no code. */
export function explainLostConnection(error: unknown, place: string): unknown {
  const known = explainPostgresError(error, place);
  return known instanceof AkinError ? known : explained(UNREACHABLE, error, place);
}

/** The SQLSTATE of PostgreSQL's refusal, which Akin's own error may have as its cause; null for any other error. */
export function sqlState(error: unknown): string | null {
  const code = codeOf(error instanceof AkinError ? error.cause : error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : null;
}

function explained({ code, message }: Explanation, error: unknown, place: string): AkinError {
  return new AkinError(code, message(place, wordsOf(error)), { cause: error });
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

/** A host with several addresses fails with one error for each, and no words of its own. */
function wordsOf(error: unknown): string {
  const told = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  return (told instanceof Error ? told.message : String(told)).replace(/\.$/, '');
}
