import { AkinClientError, errorOf } from './client-error.js';
import { backoff, pause, waitAfterRefusal } from './retry.js';

const RETRIES = 3;

export interface AkinClientOptions {
  /** Of the server: `https://search.example`, or with a path where a proxy puts one before it. */
  baseUrl: string;
  /** That `akin keys create` made. Default: none, for a server on this machine without keys */
  apiKey?: string;
  /** Default: the global one */
  fetch?: typeof fetch;
  /** How often a request is sent again that was refused (429, 503) or, where that does no harm, got lost. Default: 3 */
  retries?: number;
  /** Ends all that this client does. */
  signal?: AbortSignal;
}

/** How one call is made. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
}

export interface ClientRequest extends CallOptions {
  query?: Record<string, unknown>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with its type where it does not tell it itself. */
  body?: Blob | FormData | ReadableStream<Uint8Array>;
  type?: string;
  accept?: string;
  /** Whether it does no harm twice. Default: all but POST */
  idempotent?: boolean;
}

/** Sends requests to one server, again where that helps. */
export class Transport {
  readonly #base: string;
  readonly #headers: Record<string, string>;
  readonly #fetch: typeof fetch;
  readonly #retries: number;
  readonly #signal: AbortSignal | undefined;

  constructor({ baseUrl, apiKey, fetch: given, retries = RETRIES, signal }: AkinClientOptions) {
    if (!URL.canParse(baseUrl)) {
      throw new AkinClientError(
        'INVALID_SETTING',
        `baseUrl must be an address such as http://127.0.0.1:3000, not ${JSON.stringify(baseUrl)}.`,
      );
    }
    this.#base = baseUrl.replace(/\/*$/, '/');
    this.#headers = apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` };
    // Browsers' own wants to be called as the window's.
    this.#fetch = given ?? ((...call) => globalThis.fetch(...call));
    this.#retries = retries;
    this.#signal = signal;
  }

  /** The JSON of an answer. @throws AkinClientError, or the signal's reason */
  async json<Answer>(method: string, path: string, request: ClientRequest = {}): Promise<Answer> {
    const response = await this.send(method, path, request);
    if (response.status === 204) return undefined as Answer;
    try {
      return (await response.json()) as Answer;
    } catch (cause) {
      this.#signalOf(request)?.throwIfAborted();
      throw new AkinClientError(
        'SERVER_UNREACHABLE',
        `The answer of ${this.#base}${path} broke off, or is no JSON. Is baseUrl the address of an Akin server?`,
        { status: response.status, requestId: response.headers.get('X-Request-Id'), cause },
      );
    }
  }

  /** An answer that is no failure. @throws AkinClientError, or the signal's reason */
  async send(method: string, path: string, request: ClientRequest = {}): Promise<Response> {
    const signal = this.#signalOf(request);
    const { idempotent = method !== 'POST' } = request;
    // A stream is read once.
    const retries = request.body instanceof ReadableStream ? 0 : this.#retries;
    for (let attempt = 0; ; attempt++) {
      const mayRepeat = attempt < retries;
      let response: Response;
      try {
        response = await this.#fetch(this.#address(path, request), this.#init(method, request, signal));
      } catch (cause) {
        signal?.throwIfAborted();
        if (!(mayRepeat && idempotent)) throw unreachable(this.#base, cause);
        await pause(backoff(attempt, Math.random()), signal);
        continue;
      }
      if (response.ok) return response;
      const { status, headers } = response;
      const retryAfter = headers.get('Retry-After');
      const wait = mayRepeat ? waitAfterRefusal({ status, retryAfter }, attempt, Math.random()) : null;
      if (wait === null) throw await errorOf(response);
      await response.body?.cancel();
      await pause(wait, signal);
    }
  }

  #signalOf({ signal }: CallOptions): AbortSignal | undefined {
    return signal && this.#signal ? AbortSignal.any([signal, this.#signal]) : (signal ?? this.#signal);
  }

  #address(path: string, { query = {} }: ClientRequest): string {
    const text = (value: unknown): string =>
      typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value);
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) parameters.set(name, text(value));
    }
    return `${this.#base}${path}${parameters.size > 0 ? `?${parameters}` : ''}`;
  }

  #init(
    method: string,
    { json, body, type, accept = 'application/json' }: ClientRequest,
    signal: AbortSignal | undefined,
  ): RequestInit {
    const sent = json === undefined ? body : JSON.stringify(json);
    const sentType = json === undefined ? type : 'application/json';
    return {
      method,
      headers: { ...this.#headers, Accept: accept, ...(sentType ? { 'Content-Type': sentType } : {}) },
      ...(sent === undefined ? {} : { body: sent }),
      ...(sent instanceof ReadableStream ? { duplex: 'half' } : {}),
      ...(signal ? { signal } : {}),
    };
  }
}

function unreachable(base: string, cause: unknown): AkinClientError {
  return new AkinClientError(
    'SERVER_UNREACHABLE',
    `The server at ${base} does not answer. Is it running, and is baseUrl its address?`,
    { cause },
  );
}
