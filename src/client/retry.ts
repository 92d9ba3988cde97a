/** The longest that `Retry-After` may ask for; a server that wants more is not waited for. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 10_000;

/** Refused before anything was done. */
const REFUSALS = [429, 503];

/**
 * How long to wait before the next attempt, in milliseconds; null where there shall be none: the answer is no refusal, or
 * asks for too much patience.
 *
 * @param attempt how many there were before: 0 after the first
 * @param random 0..1: so that clients that were refused together do not come back together
 */
export function waitAfterRefusal(
  { status, retryAfter, now = Date.now() }: { status: number; retryAfter: string | null; now?: number },
  attempt: number,
  random: number,
): number | null {
  if (!REFUSALS.includes(status)) return null;
  const asked = retryAfter === null ? null : readRetryAfter(retryAfter, now);
  if (asked !== null && asked > LONGEST_WAIT_MS) return null;
  return Math.max(asked ?? 0, backoff(attempt, random));
}

/** Exponential, with full jitter: anything up to twice as much as the time before. */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** attempt);
}

/** Seconds or a date; null for neither. */
function readRetryAfter(text: string, now: number): number | null {
  if (/^\d+$/.test(text.trim())) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Waits, unless the signal says that nobody does any more. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
