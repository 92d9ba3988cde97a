/** Documents as near as this to each other may well tell of one event; of pairs of news below it, hardly any did. */
export const EVENT_COSINE = 0.635;
/** Of ten picks in a row, so many may be of one event. */
const MOST_OF_EVENT = 3;
const EVENT_SHARE = 0.3;
/** Behind so many picks the rest follows by score alone: nobody compares the hundredth with the first. */
const MOST_PICKS = 50;

export interface DiversifyOptions<Candidate> {
  /** What likeness to earlier picks costs, 0..1; 0 leaves the order as it is. */
  diversity: number;
  limit: number;
  /** Cosine of two candidates. */
  cosine: (one: Candidate, other: Candidate) => number;
}

export interface Diversified<Candidate> {
  picks: Candidate[];
  /** Whether an event got more places than it may have, since nothing else was left. */
  isShort: boolean;
}

interface Waiting<Candidate> {
  candidate: Candidate;
  /** So many of the picks, from the first on, it has been compared with. */
  compared: number;
  /** Cosine to the likest of these. */
  likeness: number;
  /** Those of these that tell of the same event, by their places. */
  alike: number[];
}

/**
 * Picks by maximal marginal relevance (Carbonell and Goldstein, 1998): the score less the likeness to what has been
 * picked. An event that has its three of ten waits until nothing else is left.
 *
 * @param ranking best first
 */
export function diversify<Candidate extends { score: number }>(
  ranking: Candidate[],
  { diversity, limit, cosine }: DiversifyOptions<Candidate>,
): Diversified<Candidate> {
  if (diversity === 0) return { picks: ranking.slice(0, limit), isShort: ranking.length < limit };
  const picks: Candidate[] = [];
  // For each pick, the number of its event; events that a pick joins become one.
  let events: number[] = [];
  const waiting = ranking.map(
    (candidate): Waiting<Candidate> => ({ candidate, compared: 0, likeness: 0, alike: [] }),
  );
  let isShort = false;

  const compare = (one: Waiting<Candidate>): void => {
    for (const pick of picks.slice(one.compared)) {
      const likeness = cosine(one.candidate, pick);
      one.likeness = Math.max(one.likeness, likeness);
      if (likeness >= EVENT_COSINE) one.alike.push(one.compared);
      one.compared++;
    }
  };
  const eventSize = ({ alike }: Waiting<Candidate>): number => {
    if (alike.length === 0) return 1;
    const joined = new Set(alike.map((pick) => events[pick]));
    return 1 + events.filter((event) => joined.has(event)).length;
  };
  const bestOf = (isFree: (one: Waiting<Candidate>) => boolean): Waiting<Candidate> | undefined => {
    let best: Waiting<Candidate> | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const one of waiting) {
      // Likeness only costs, so neither this one nor any behind it can be better.
      if ((1 - diversity) * one.candidate.score <= most) break;
      compare(one);
      const value = (1 - diversity) * one.candidate.score - diversity * one.likeness;
      if (value > most && isFree(one)) [best, most] = [one, value];
    }
    return best;
  };

  while (picks.length < Math.min(limit, MOST_PICKS)) {
    const most = Math.max(MOST_OF_EVENT, Math.floor(EVENT_SHARE * (picks.length + 1)));
    const free = bestOf((one) => eventSize(one) <= most);
    const best = free ?? bestOf(() => true);
    if (!best) break;
    if (!free) isShort = true;
    const number = picks.length;
    const joined = new Set(best.alike.map((pick) => events[pick]));
    events = [...events.map((event) => (joined.has(event) ? number : event)), number];
    picks.push(best.candidate);
    waiting.splice(waiting.indexOf(best), 1);
  }
  const rest = waiting.map(({ candidate }) => candidate).slice(0, limit - picks.length);
  return { picks: [...picks, ...rest], isShort: isShort || picks.length + rest.length < limit };
}
