import { stemmingOf } from '../documents/stem.js';
import { type TermOfText, termsOf } from '../documents/terms.js';
import { chanceToCount } from '../storage/approximate-count.js';
import { keyOf, type SoughtTerm } from '../storage/match-terms.js';
import { TITLE_WEIGHT } from '../storage/term-counts.js';
import { termParts } from './phrase-terms.js';
import type { Session } from './session.js';
import { storableTerm } from './storable-term.js';
import type { KeyedDocument } from './write-documents.js';

/** One that is there more often has all but a thousandth of what it could score. */
const MOST_COUNTED = 65_535;

/** The words of a document. */
interface DocumentTerms {
  key: number;
  stemming: string;
  /** Words as they are written, folded, each with its term, each pair once. */
  words: TermOfText[];
  /** How often it has each term. */
  counts: Map<string, number>;
  /** Its length in words, and one for their way of stemming. */
  length: number;
}

/**
 * Writes the words of documents: what they are found by, and what phrases are sought in.
 * @returns their lengths, summed
 */
export async function writeTerms(documents: KeyedDocument[], session: Session): Promise<number> {
  const all = documents.map(countTerms);
  const numbers = await numberTerms(all, session);
  await session.copyIn('postings', ['term', 'document', 'count', 'length'], postings(all, numbers));
  await session.copyIn(
    'document_terms',
    ['document', 'part', 'stemming', 'terms'],
    documents.flatMap(({ key, document: { fields, text } }) =>
      termParts({ title: fields.title, text, language: fields.language }).map((terms, part) => [
        key,
        part,
        stemmingOf(fields.language),
        terms,
      ]),
    ),
  );
  await session.run(
    `UPDATE documents SET length = given.length FROM unnest($1::bigint[], $2::integer[]) AS given (key, length)
     WHERE documents.key = given.key`,
    [all.map(({ key }) => key), all.map(({ length }) => length)],
  );
  await countWords(all, numbers, session);
  return all.reduce((sum, { length }) => sum + length, 0);
}

function countTerms({ key, document: { fields, text } }: KeyedDocument): DocumentTerms {
  const { title, language } = fields;
  const [inTitle, inText] = [storable(termsOf(title ?? '', language)), storable(termsOf(text, language))];
  const counts = new Map<string, number>();
  const count = (words: TermOfText[], weight: number): void => {
    for (const { term } of words) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  count(inTitle, TITLE_WEIGHT);
  count(inText, 1);
  const words = new Map([...inTitle, ...inText].map((word) => [`${word.folded} ${word.term}`, word]));
  const length = inTitle.length + inText.length + 1;
  return { key, stemming: stemmingOf(language), words: [...words.values()], counts, length };
}

function storable(words: TermOfText[]): TermOfText[] {
  return words.map(({ folded, term }) => ({ folded: storableTerm(folded), term: storableTerm(term) }));
}

function* postings(all: DocumentTerms[], numbers: Map<string, number>): Generator<number[]> {
  for (const { key, stemming, counts, length } of all)
    for (const [term, count] of counts)
      yield [numbers.get(keyOf({ term, stemming })) ?? 0, key, Math.min(MOST_COUNTED, count), length];
}

/** The number of each term, by `keyOf`; those that are new get one. */
async function numberTerms(all: DocumentTerms[], session: Session): Promise<Map<string, number>> {
  const sought = new Map<string, SoughtTerm>();
  for (const { stemming, counts } of all)
    for (const term of counts.keys()) sought.set(keyOf({ term, stemming }), { term, stemming });
  const numbers = new Map<string, number>();
  const note = (rows: (SoughtTerm & { id: number })[]): void => {
    for (const { id, ...own } of rows) numbers.set(keyOf(own), id);
  };
  const columns = (): string[][] => {
    const missing = [...sought].filter(([name]) => !numbers.has(name)).map(([, own]) => own);
    return [missing.map(({ term }) => term), missing.map(({ stemming }) => stemming)];
  };
  note(
    await session.query(
      `SELECT id, term, stemming FROM terms
       JOIN unnest($1::text[], $2::text[]) AS sought (term, stemming) USING (term, stemming)`,
      columns(),
    ),
  );
  note(
    await session.query(
      `INSERT INTO terms (term, stemming) SELECT term, stemming FROM unnest($1::text[], $2::text[]) AS sought (term, stemming)
       RETURNING id, term, stemming`,
      columns(),
    ),
  );
  return numbers;
}

/** How often the number of documents that have a word has doubled, about: written when it does, not for each. */
async function countWords(
  all: DocumentTerms[],
  numbers: Map<string, number>,
  session: Session,
): Promise<void> {
  const seen = new Map<string, { word: string; term: number; chances: number[] }>();
  for (const { key, stemming, words } of all) {
    for (const { folded, term } of words) {
      const number = numbers.get(keyOf({ term, stemming })) ?? 0;
      const name = `${folded} ${number}`;
      const own = seen.get(name) ?? { word: folded, term: number, chances: [] };
      own.chances.push(chanceToCount(key, folded));
      seen.set(name, own);
    }
  }
  const given = [...seen.values()];
  const known = await session.query<{ place: number; doublings: number }>(
    `SELECT place, doublings FROM words
     JOIN unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS given (word, term, place) USING (word, term)`,
    [given.map(({ word }) => word), given.map(({ term }) => term)],
  );
  const before = new Map(known.map(({ place, doublings }) => [place - 1, doublings]));
  const changed = given.flatMap(({ word, term, chances }, place) => {
    const stored = before.get(place);
    let doublings = stored;
    for (const chance of chances) {
      if (doublings === undefined) doublings = 0;
      else if (chance * 2 ** doublings < 1) doublings++;
    }
    return doublings === stored ? [] : [{ word, term, doublings }];
  });
  await session.run(
    `INSERT INTO words (word, term, doublings)
     SELECT word, term, doublings FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS given (word, term, doublings)
     ON CONFLICT (word, term) DO UPDATE SET doublings = excluded.doublings`,
    [
      changed.map(({ word }) => word),
      changed.map(({ term }) => term),
      changed.map(({ doublings }) => doublings),
    ],
  );
}
