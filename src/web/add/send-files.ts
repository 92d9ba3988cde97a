import type { Job } from '../answers.js';
import { apiKey } from '../api-key.js';
import { RequestError } from '../request.js';
import type { ChosenFile } from './collect-files.js';

/** How files are sent. */
export interface SendOptions {
  signal: AbortSignal;
  /** Told how many bytes have gone. */
  onProgress(bytes: number): void;
}

/**
 * Sends files in one request and gives the job that reads them. By XMLHttpRequest: `fetch` does not tell how far it is.
 * Throws a RequestError, or the signal's reason once it is aborted.
 */
export function sendFiles(files: ChosenFile[], { signal, onProgress }: SendOptions): Promise<Job> {
  const form = new FormData();
  for (const { path, file } of files) form.append('files', file, path);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('error', () => reject(failure(0, null)));
    request.addEventListener('load', () => {
      const answer: unknown = request.response;
      if (request.status === 202) resolve((answer as { job: Job }).job);
      else reject(failure(request.status, answer));
    });
    request.open('POST', new URL('v1/files', document.baseURI));
    request.responseType = 'json';
    const key = apiKey();
    if (key !== null) request.setRequestHeader('authorization', `Bearer ${key}`);
    request.send(form);
  });
}

function failure(status: number, answer: unknown): RequestError {
  const field = (name: string): string | null => {
    const value: unknown = answer instanceof Object ? Reflect.get(answer, name) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  if (status === 0) {
    return new RequestError('No answer came, or a file could not be read.', {
      code: 'SERVER_UNREACHABLE',
      status,
      requestId: null,
    });
  }
  return new RequestError(field('detail') ?? `The server answered ${status}.`, {
    code: field('code') ?? 'INTERNAL',
    status,
    requestId: field('requestId'),
  });
}
