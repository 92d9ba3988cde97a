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

const asItIs: Stemmer = (word) => word;
const made = new Map<string, Stemmer>();

/**
 * The stemmer of a language; the same one each time.
 * @param language a BCP 47 tag, of which regions do not count; English where it is null
 */
export function stemmerOf(language: string | null): Stemmer {
  const base = (language ?? DEFAULT_LANGUAGE).split('-')[0]?.toLowerCase() ?? '';
  const algorithm = ALGORITHMS.get(base);
  if (algorithm === undefined) return asItIs;
  const stemmer = made.get(algorithm) ?? makeStemmer(algorithm);
  made.set(algorithm, stemmer);
  return stemmer;
}

function makeStemmer(algorithm: string): Stemmer {
  const stemmer = newStemmer(algorithm);
  return (word) => stemmer.stem(word);
}
