import { setTimeout as pause } from 'node:timers/promises';
import { AkinError } from '../errors.js';
import { sqlState } from './failures.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 10_000;

/** Serialization failure, deadlock, and a lock that was not to be had in time. */
const CONFLICTS = ['40001', '40P01', '55P03'];

/** Whether a transaction that failed so, and of which nothing was stored, may succeed the next time. */
export function isTransient(error: unknown): boolean {
  if (error instanceof CommitUnknown) return false;
  const state = sqlState(error);
  return (
    (error instanceof AkinError && error.code === 'DATABASE_UNREACHABLE') ||
    (state !== null && CONFLICTS.includes(state))
  );
}

/** Does a piece of work again after failures that pass, each time after a longer pause, so many times in all. */
export async function attempt<Result>(times: number, work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried >= times || !isTransient(error)) throw error;
      await pause(pauseAfter(tried, Math.random()));
    }
  }
}

/**
 * In milliseconds: three times as long after each attempt, up to a length.
 *
 * @param random 0..1: so that those that met do not meet again
 */
export function pauseAfter(tried: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 3 ** (tried - 1)) * (1 + random);
}

/** The connection broke while a transaction was being ended, and nobody can say whether it holds. */
export class CommitUnknown extends AkinError {
  constructor(place: string, cause: unknown) {
    super(
      'DATABASE_UNREACHABLE',
      `The connection to PostgreSQL at ${place} broke at the end of a write, and can't be had again: look whether it was stored before you write it anew.`,
      { cause },
    );
  }
}
