import type { ErrorCode, ErrorIssue } from '../errors.js';

/** What a worker sends back for a task: its result, or its error in a form that survives the way. */
export type TaskReply =
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode; message: string; stack?: string; issues?: ErrorIssue[] } };

/** The message that ends a worker once it has done what it is at. */
export const END = 'end';

/** What is told of a worker to the one who started it. */
export interface ChannelEvents {
  reply(reply: TaskReply): void;
  /** It is gone, of itself or because of `kill`. */
  ended(error: Error): void;
}

/** The way to a worker. */
export interface Channel {
  send(message: unknown): void;
  /** Ends it at once, whatever it is at. */
  kill(): void;
}

/** Starts a worker. */
export type OpenChannel = (events: ChannelEvents) => Channel;
