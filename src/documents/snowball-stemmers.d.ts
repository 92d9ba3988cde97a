declare module 'snowball-stemmers' {
  interface SnowballStemmer {
    /** @param word in lower case */
    stem(word: string): string;
  }

  /** @param algorithm as Snowball names it: `german` */
  function newStemmer(algorithm: string): SnowballStemmer;
}
