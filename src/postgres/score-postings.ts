import { saturation } from '../keyword-index/bm25.js';
import { mostOf, roundingUnit, type WeighedWord } from '../keyword-index/weigh-words.js';
import type { Among } from '../storage/stored-index.js';
import { conditionOf } from './among.js';
import { Parameters } from './parameters.js';

export interface Scoring {
  /** Of all documents, in words. */
  averageLength: number;
  limit: number;
  among: Among | null;
}

interface Statement {
  sql: string;
  parameters: unknown[];
}

/** A query for the documents that any of the words find, best first: each word by the best of its terms. */
export function scoreAll(words: WeighedWord[], scoring: Scoring): Statement {
  const parameters = new Parameters();
  const score = scoreOf(words, scoring, parameters);
  const sql = `SELECT document, sum(score) AS score
    FROM (${scores(words, score, { condition: passing(scoring, parameters), parameters })}) AS scores
    GROUP BY document ORDER BY score DESC, document LIMIT ${parameters.add(scoring.limit)}`;
  return { sql, parameters: parameters.values };
}

/**
 * The same for documents that have one of the essential words, without reading all postings of the others (MaxScore, Turtle
 * and Flood 1995): they are looked up in documents that may still be among the best. It holds for all documents if the
 * worst of the best by essential words alone, `least`, scores more than the others can give together.
 */
export function scoreEssential(essential: WeighedWord[], others: WeighedWord[], scoring: Scoring): Statement {
  const parameters = new Parameters();
  const score = scoreOf([...essential, ...others], scoring, parameters);
  const read = { condition: passing(scoring, parameters), parameters };
  const lookedUp = { condition: 'postings.document = partial.document', parameters };
  const sql = `WITH partial AS MATERIALIZED (
      SELECT document, sum(score) AS score FROM (${scores(essential, score, read)}) AS scores GROUP BY document),
    bound AS (SELECT score FROM partial ORDER BY score DESC OFFSET ${parameters.add(scoring.limit - 1)} LIMIT 1)
    SELECT document, partial.score + coalesce(rest.score, 0) AS score, (SELECT score FROM bound) AS least
    FROM partial CROSS JOIN LATERAL (
      SELECT sum(score) AS score FROM (${scores(others, score, lookedUp)}) AS scores) AS rest
    WHERE partial.score >= (SELECT score FROM bound) - ${parameters.add(mostOf(others))}::double precision
    ORDER BY score DESC, document LIMIT ${parameters.add(scoring.limit)}`;
  return { sql, parameters: parameters.values };
}

/** A subquery for what documents score by each word. */
function scores(
  words: WeighedWord[],
  score: string,
  { condition, parameters }: { condition: string; parameters: Parameters },
): string {
  const terms = words.flatMap((word, place) => word.terms.map((term) => ({ ...word, term, place })));
  return `SELECT postings.document, max(${score}) AS score
    FROM unnest(${parameters.add(terms.map(({ term }) => term))}::bigint[],
      ${parameters.add(terms.map(({ place }) => place))}::integer[],
      ${parameters.add(terms.map(({ weight }) => weight))}::double precision[]) AS sought (term, place, weight)
    JOIN postings USING (term) WHERE ${condition} GROUP BY postings.document, place`;
}

function passing({ among }: Scoring, parameters: Parameters): string {
  if (among === null) return 'true';
  return `postings.document IN (SELECT documents.key FROM documents WHERE ${conditionOf(among, parameters)})`;
}

/** What a posting scores, rounded as the index in memory has it, so that sums do not depend on their order. */
function scoreOf(words: WeighedWord[], { averageLength }: Scoring, parameters: Parameters): string {
  const { base, perWord } = saturation(averageLength);
  const [first, second, unit] = [base, perWord, roundingUnit(words)].map(
    (number) => `${parameters.add(number)}::double precision`,
  );
  return `weight * count / (count + ${first} + ${second} * length) + ${unit} - ${unit}`;
}
