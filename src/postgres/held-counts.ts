import { groupBy } from '../group-by.js';
import { RecentlyUsed } from '../recently-used.js';
import type { NumberedTerm } from '../storage/term-count-store.js';
import type { Session } from './session.js';

/** Of so many terms, and sets of them, the counts are held. */
const MOST_HELD = 100_000;

/** How many documents have which terms: counted by the server, and held until something is written. */
export class HeldCounts {
  #held = new RecentlyUsed<string, number>(MOST_HELD);
  #revision: number | null = null;

  /**
   * @param revision at which `session` reads
   * @returns for each of these sets of terms, how many documents have any of them
   */
  async of(
    sets: NumberedTerm[][],
    revision: number,
    session: Pick<Session, 'query'>,
  ): Promise<(terms: NumberedTerm[]) => number> {
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#held = new RecentlyUsed(MOST_HELD);
    }
    // Another search may be at another revision while this one waits for its counts.
    const held = this.#held;
    const counts = new Map<string, number>();
    const missing = new Map<string, number[]>();
    for (const ids of sets.flatMap(countedTogether)) {
      const count = held.get(nameOf(ids));
      if (count === undefined) missing.set(nameOf(ids), ids);
      else counts.set(nameOf(ids), count);
    }
    for (const [name, count] of await countedByServer(missing, session)) {
      counts.set(name, count);
      held.set(name, count);
    }
    return (terms) => countedTogether(terms).reduce((sum, ids) => sum + (counts.get(nameOf(ids)) ?? 0), 0);
  }
}

/** Terms of one way of stemming may be in one document; those of different ones never are, and their counts are added. */
function countedTogether(terms: NumberedTerm[]): number[][] {
  const groups = groupBy(terms, ({ stemming }) => stemming).values();
  return Array.from(groups, (own) => [...new Set(own.map(({ id }) => id))].sort((a, b) => a - b));
}

function nameOf(ids: number[]): string {
  return ids.join(' ');
}

async function countedByServer(
  sets: Map<string, number[]>,
  session: Pick<Session, 'query'>,
): Promise<Map<string, number>> {
  if (sets.size === 0) return new Map();
  const names = [...sets.keys()];
  const terms = [...sets.values()].flatMap((ids, place) => ids.map((id) => ({ place, id })));
  const rows = await session.query<{ place: number; count: number }>(
    `SELECT place, CASE WHEN min(term) = max(term) THEN count(*) ELSE count(DISTINCT document) END AS count
     FROM unnest($1::integer[], $2::bigint[]) AS sought (place, term) JOIN postings USING (term) GROUP BY place`,
    [terms.map(({ place }) => place), terms.map(({ id }) => id)],
  );
  const found = new Map(rows.map(({ place, count }) => [place, count]));
  return new Map(names.map((name, place) => [name, found.get(place) ?? 0]));
}
