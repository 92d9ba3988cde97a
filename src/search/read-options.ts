import type { Filter } from '../filter.js';

/** For whom something is read. */
export interface ReadOptions {
  /** Documents that this does not let through are not there. Default: all are */
  visible?: Filter;
  /** Work that has not begun is left once nobody waits for it any more. */
  signal?: AbortSignal;
}

/** A request's own filter together with what its sender sees. */
export function withinVisible<Request extends { filter?: Filter | undefined }>(
  request: Request,
  { visible }: ReadOptions,
): Request {
  if (!visible) return request;
  return { ...request, filter: request.filter ? { and: [visible, request.filter] } : visible };
}
