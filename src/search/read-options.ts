import type { Filter } from '../filter.js';
import type { AnswerBudget } from './answer-budget.js';

/** For whom something is read. */
export interface ReadOptions {
  /** Documents that this does not let through are not there. Default: all are */
  visible?: Filter;
  /** Work that has not begun is left once nobody waits for it any more. */
  signal?: AbortSignal;
  /** Gives up an answer that grows too large. Default: any size */
  budget?: AnswerBudget;
}

/** A request's own filter together with what its sender sees. */
export function withinVisible<Request extends { filter?: Filter | undefined }>(
  request: Request,
  { visible }: ReadOptions,
): Request {
  if (!visible) return request;
  return { ...request, filter: request.filter ? { and: [visible, request.filter] } : visible };
}
