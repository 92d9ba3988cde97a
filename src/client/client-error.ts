import { AkinError, type ErrorCode, type ErrorIssue } from '../errors.js';

export interface AkinClientErrorOptions {
  status?: number;
  requestId?: string | null;
  issues?: ErrorIssue[] | undefined;
  cause?: unknown;
}

/** A request that a server refused or could not fulfil, or that did not reach it. */
export class AkinClientError extends AkinError {
  /** Of the answer; null where none came. */
  readonly status: number | null;
  /** By which the server's log knows the request; null where it is not known. */
  readonly requestId: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    { status, requestId = null, issues, cause }: AkinClientErrorOptions = {},
  ) {
    super(code, message, { ...(cause === undefined ? {} : { cause }), ...(issues ? { issues } : {}) });
    this.name = 'AkinClientError';
    this.status = status ?? null;
    this.requestId = requestId;
  }
}

/** The failure that an answer tells of; what stands between here and the server may have answered in its place. */
export async function errorOf(response: Response): Promise<AkinClientError> {
  const { status } = response;
  const requestId = response.headers.get('X-Request-Id');
  const problem = readProblem(await response.text());
  if (problem) {
    return new AkinClientError(problem.code, problem.detail, { status, requestId, issues: problem.errors });
  }
  return new AkinClientError(
    status >= 502 ? 'SERVER_UNREACHABLE' : 'INTERNAL',
    `${response.url} answered ${status}, and not as Akin does. Is baseUrl the address of an Akin server?`,
    { status, requestId },
  );
}

function readProblem(text: string): { code: ErrorCode; detail: string; errors?: ErrorIssue[] } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A page of a proxy, say.
    return null;
  }
  if (typeof value !== 'object' || value === null || !('code' in value) || !('detail' in value)) return null;
  return value as { code: ErrorCode; detail: string; errors?: ErrorIssue[] };
}
