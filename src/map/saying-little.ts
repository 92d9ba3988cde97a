import * as stopword from 'stopword';
import { fold } from '../documents/words.js';

/** The lists by the ISO 639-1 code of their language. */
const LISTS: Record<string, string[]> = {
  ar: stopword.ara,
  bg: stopword.bul,
  ca: stopword.cat,
  cs: stopword.ces,
  da: stopword.dan,
  de: stopword.deu,
  el: stopword.ell,
  en: stopword.eng,
  et: stopword.est,
  eu: stopword.eus,
  fi: stopword.fin,
  fr: stopword.fra,
  ga: stopword.gle,
  hu: stopword.hun,
  it: stopword.ita,
  ja: stopword.jpn,
  lv: stopword.lav,
  lt: stopword.lit,
  nl: stopword.nld,
  nb: stopword.nob,
  no: stopword.nob,
  pl: stopword.pol,
  pt: stopword.por,
  ro: stopword.ron,
  ru: stopword.rus,
  sl: stopword.slv,
  es: stopword.spa,
  sv: stopword.swe,
  tr: stopword.tur,
  uk: stopword.ukr,
  zh: stopword.zho,
};

const folded = new Map<string, Set<string>>();

/** Whether a word is one that says little by itself in its language: `the`, `für`. English where it is not known. */
export function saysLittle(word: string, language: string | null): boolean {
  const base = (language ?? 'en').split('-')[0]?.toLowerCase() ?? '';
  const words = folded.get(base) ?? new Set(LISTS[base]?.map(fold));
  folded.set(base, words);
  return words.has(fold(word));
}
