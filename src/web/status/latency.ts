import type { Metrics } from './prometheus.js';

const DURATIONS = 'akin_http_request_duration_seconds_bucket';
/** What counts as a search; a batch is many. */
const SEARCHES = new Set(['/v1/search', '/v1/documents/:id/related', '/v1/related']);

/** How many searches took at most so long, by that time in seconds; each count holds those before it. */
export type Durations = Map<number, number>;

/** The times of all searches that were answered since the server started. */
export function searchDurations(metrics: Metrics): Durations {
  const counts: Durations = new Map();
  for (const { labels, value } of metrics.get(DURATIONS) ?? []) {
    if (labels.status !== '200' || !SEARCHES.has(labels.route ?? '')) continue;
    const limit = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
    counts.set(limit, (counts.get(limit) ?? 0) + value);
  }
  return counts;
}

/** How many searches there were between two looks. */
export function countBetween(before: Durations, now: Durations): number {
  return Math.max(0, (now.get(Number.POSITIVE_INFINITY) ?? 0) - (before.get(Number.POSITIVE_INFINITY) ?? 0));
}

/**
 * The time that a part of the searches between two looks was answered within, as far as the classes of times tell.
 * @param part 0.5 for the median
 * @returns seconds; null where there were none
 */
export function quantileBetween(before: Durations, now: Durations, part: number): number | null {
  const total = countBetween(before, now);
  if (total === 0) return null;
  let [last, passed] = [0, 0];
  for (const limit of [...now.keys()].sort((one, other) => one - other)) {
    const count = (now.get(limit) ?? 0) - (before.get(limit) ?? 0);
    if (count >= part * total) {
      const within = (part * total - passed) / (count - passed || 1);
      return Number.isFinite(limit) ? last + (limit - last) * within : last;
    }
    [last, passed] = [limit, count];
  }
  return last;
}
