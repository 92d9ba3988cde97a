import type { AkinError } from '../errors.js';

/** What OpenAI's clients show of a failure. */
export interface OpenAiError {
  message: string;
  type: 'invalid_request_error' | 'server_error';
  /** What in the request is wrong: `input.3`. */
  param: string | null;
  code: string;
}

/** The failure of a request, for clients that know OpenAI's errors alone; null where such a client does not ask. */
export function openAiError(
  path: string,
  {
    status,
    code,
    detail,
    issues,
  }: { status: number; code: string; detail: string } & Pick<AkinError, 'issues'>,
): OpenAiError | null {
  if (!/^\/v1\/embeddings\/?$/i.test(path)) return null;
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  return { message: detail, type, param: issues?.[0]?.path ?? null, code };
}
