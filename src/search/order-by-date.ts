import type { Sort } from './request.js';

/**
 * Puts hits in the order of their dates of publication. Those without one come last; where dates are the same, the order
 * stays.
 *
 * @param dateOf ISO 8601; null where it is not known
 */
export function orderByDate<Hit>(
  hits: readonly Hit[],
  sort: Exclude<Sort, 'relevance'>,
  dateOf: (hit: Hit) => string | null,
): Hit[] {
  const direction = sort === 'newest' ? -1 : 1;
  const dated = hits.map((hit) => ({ hit, time: Date.parse(dateOf(hit) ?? '') }));
  return dated
    .sort((a, b) => {
      if (Number.isNaN(a.time) || Number.isNaN(b.time))
        return Number(Number.isNaN(a.time)) - Number(Number.isNaN(b.time));
      return (a.time - b.time) * direction;
    })
    .map(({ hit }) => hit);
}
