import { newStemmer } from 'snowball-stemmers';

/** Takes the ending off a word in lower case. */
export type Stemmer = (word: string) => string;

/** Snowball's algorithms by ISO 639-1 code. */
const ALGORITHMS = new Map([
  ['ar', 'arabic'],
  ['ca', 'catalan'],
  ['cs', 'czech'],
  ['da', 'danish'],
  ['de', 'german'],
  ['en', 'english'],
  ['es', 'spanish'],
  ['eu', 'basque'],
  ['fi', 'finnish'],
  ['fr', 'french'],
  ['ga', 'irish'],
  ['hu', 'hungarian'],
  ['hy', 'armenian'],
  ['it', 'italian'],
  ['nb', 'norwegian'],
  ['nl', 'dutch'],
  ['nn', 'norwegian'],
  ['no', 'norwegian'],
  ['pt', 'portuguese'],
  ['ro', 'romanian'],
  ['ru', 'russian'],
  ['sl', 'slovene'],
  ['sv', 'swedish'],
  ['ta', 'tamil'],
  ['tr', 'turkish'],
]);

/** Languages with a stemmer; words of others are taken as they are. */
export const STEMMED_LANGUAGES: readonly string[] = [...ALGORITHMS.keys()];

const DEFAULT_LANGUAGE = 'en';

/** What words of a language without a stemmer are: taken as they are. */
const UNSTEMMED = 'none';

/** They change beginnings too: Irish takes off what grammar puts before a word (`mbád`, `bád`), Turkish hardens a `d` that is left alone. */
const CHANGING_BEGINNINGS = new Set(['irish', 'turkish']);

const made = new Map<string, Stemmer>([[UNSTEMMED, (word) => word]]);

/**
 * How words of a language are stemmed: the name of an algorithm, in lower-case letters.
 * @param language a BCP 47 tag, of which regions do not count; English where it is null
 */
export function stemmingOf(language: string | null): string {
  const base = (language ?? DEFAULT_LANGUAGE).split('-')[0]?.toLowerCase() ?? '';
  return ALGORITHMS.get(base) ?? UNSTEMMED;
}

/**
 * Whether every word that begins with an ASCII letter or a digit has a stem with the same beginning.
 * @param stemming as `stemmingOf` gives it
 */
export function keepsBeginnings(stemming: string): boolean {
  return !CHANGING_BEGINNINGS.has(stemming);
}

/** @param stemming as `stemmingOf` gives it */
export function stemmerOf(stemming: string): Stemmer {
  const stemmer = made.get(stemming) ?? makeStemmer(stemming);
  made.set(stemming, stemmer);
  return stemmer;
}

function makeStemmer(algorithm: string): Stemmer {
  const stemmer = newStemmer(algorithm);
  return (word) => stemmer.stem(word);
}
