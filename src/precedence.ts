import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long bulk work waits for searches before it does a little all the same: where they never end, so does it. */
const PATIENCE_MS = 20;

// One for the process, as its event loop is.
const underWay = new Set<Promise<unknown>>();

/** Does what somebody waits for: until it has settled, bulk work lets it pass. */
export async function beforeBulkWork<Result>(work: () => Promise<Result>): Promise<Result> {
  const running = work();
  underWay.add(running);
  try {
    return await running;
  } finally {
    underWay.delete(running);
  }
}

/** Gives others their turn, between slices of bulk work: resolves when no search is under way, or patience is at its end. */
export async function letOthersPass(): Promise<void> {
  await nextTurn();
  if (underWay.size === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([Promise.allSettled(underWay), impatience]);
  clearTimeout(timer);
}
