/** Lists of the words that say little, by ISO 639-3 code. The package has no types of its own. */
declare module 'stopword' {
  export function removeStopwords(words: string[], lists?: string[]): string[];
  export const ara: string[];
  export const bul: string[];
  export const cat: string[];
  export const ces: string[];
  export const dan: string[];
  export const deu: string[];
  export const ell: string[];
  export const eng: string[];
  export const est: string[];
  export const eus: string[];
  export const fin: string[];
  export const fra: string[];
  export const gle: string[];
  export const hun: string[];
  export const ita: string[];
  export const jpn: string[];
  export const lav: string[];
  export const lit: string[];
  export const nld: string[];
  export const nob: string[];
  export const pol: string[];
  export const por: string[];
  export const ron: string[];
  export const rus: string[];
  export const slv: string[];
  export const spa: string[];
  export const swe: string[];
  export const tur: string[];
  export const ukr: string[];
  export const zho: string[];
}
