import { apiKey } from './api-key.js';

const TIMEOUT_MS = 30_000;

/** What a failed request says of itself. */
export interface RequestFailure {
  /** The service's stable code, or `SERVER_UNREACHABLE` when no answer came. */
  code: string;
  /** The HTTP status; 0 when no answer came. */
  status: number;
  requestId: string | null;
}

/** A request that the service refused, failed at, or did not answer. `message` is the service's own detail. */
export class RequestError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;

  constructor(message: string, { code, status, requestId }: RequestFailure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestError';
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }
}

/** How a request is sent. */
export interface RequestOptions {
  signal: AbortSignal;
  /** Sent as JSON, by POST. Without it the request is a GET. */
  body?: unknown;
  /** Default: by whether there is a body */
  method?: 'DELETE';
}

/**
 * The JSON that the service answers at a path relative to the page.
 * Throws a RequestError, or the signal's reason once it is aborted.
 */
export function requestJson(path: string, options: RequestOptions): Promise<unknown> {
  return send(path, options, (response) => response.json());
}

/** What is plain text. Throws as `requestJson` does. */
export function requestText(path: string, options: Pick<RequestOptions, 'signal'>): Promise<string> {
  return send(path, options, (response) => response.text());
}

/** What is no JSON, such as a picture. Throws as `requestJson` does. */
export function requestBlob(path: string, options: Pick<RequestOptions, 'signal'>): Promise<Blob> {
  return send(path, options, (response) => response.blob());
}

async function send<Answer>(
  path: string,
  { signal, body, method }: RequestOptions,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const headers = new Headers({ accept: 'application/json' });
  const key = apiKey();
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const init: RequestInit = { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) };
  if (method) init.method = method;
  if (body !== undefined) Object.assign(init, { method: 'POST', body: JSON.stringify(body) });

  try {
    const response = await fetch(new URL(path, document.baseURI), init);
    if (!response.ok) throw await requestError(response);
    return await read(response);
  } catch (cause) {
    if (signal.aborted || cause instanceof RequestError) throw cause;
    throw new RequestError(
      'No answer came.',
      { code: 'SERVER_UNREACHABLE', status: 0, requestId: null },
      { cause },
    );
  }
}

async function requestError(response: Response): Promise<RequestError> {
  // A proxy in front may answer with a page of its own instead of a problem.
  const problem: unknown = await response.json().catch(() => null);
  const field = (name: string): string | null => {
    const value: unknown = problem instanceof Object ? Reflect.get(problem, name) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return new RequestError(field('detail') ?? field('title') ?? `The server answered ${response.status}.`, {
    code: field('code') ?? 'INTERNAL',
    status: response.status,
    requestId: field('requestId'),
  });
}
