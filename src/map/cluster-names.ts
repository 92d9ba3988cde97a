import { stemmingOf } from '../documents/stem.js';
import { stemmedTerm } from '../documents/terms.js';
import { eachWord } from '../documents/words.js';
import { saysLittle } from './saying-little.js';

const WORDS_OF_A_NAME = 3;
/** How much more frequent a word is at the least among a cluster's documents than among all: others are chance. */
const TELLING = 1.2;
/** Shorter ones of letters that are spaced say little: `at`, `mr`. In UTF-16 units. */
const SHORTEST = 3;
const SPACED_OR_NUMBER = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u;

/** A document as far as it tells what its cluster is about. */
export interface NamedText {
  cluster: number;
  /** Its title, or how it begins. */
  text: string;
  language: string | null;
}

interface TermOfCluster {
  documents: number;
  /** How often it is written in each way. */
  written: Map<string, number>;
}

/** Words of texts, counted by cluster. Texts are added one after the other, so that others can have their turn between. */
export class ClusterNames {
  readonly #clusters = new Map<number, { documents: number; terms: Map<string, TermOfCluster> }>();
  readonly #everywhere = new Map<string, number>();
  #documents = 0;

  add({ cluster, text, language }: NamedText): void {
    const own = this.#clusters.get(cluster) ?? { documents: 0, terms: new Map<string, TermOfCluster>() };
    this.#clusters.set(cluster, own);
    own.documents += 1;
    this.#documents += 1;
    for (const [term, word] of termsOnce(text, language)) {
      const known = own.terms.get(term) ?? { documents: 0, written: new Map<string, number>() };
      own.terms.set(term, known);
      known.documents += 1;
      known.written.set(word, (known.written.get(word) ?? 0) + 1);
      this.#everywhere.set(term, (this.#everywhere.get(term) ?? 0) + 1);
    }
  }

  /**
   * The words that tell a cluster from all documents, the most telling first: those with the largest part in the
   * Kullback–Leibler divergence of its documents from all. None where no word is clearly more frequent in it than elsewhere.
   */
  of(cluster: number): string[] {
    const own = this.#clusters.get(cluster);
    if (!own) return [];
    const least = own.documents > 2 ? 2 : 1;
    const weighed = [...own.terms].flatMap(([term, { documents, written }]) => {
      const inside = documents / own.documents;
      const outside = (this.#everywhere.get(term) ?? documents) / this.#documents;
      const weight = inside * Math.log(inside / outside);
      return documents >= least && inside > TELLING * outside
        ? [{ term, weight, word: mostWritten(written) }]
        : [];
    });
    weighed.sort((one, other) => other.weight - one.weight || (one.term < other.term ? -1 : 1));
    return weighed.slice(0, WORDS_OF_A_NAME).map(({ word }) => word);
  }
}

/** The terms of a text, each once, as they are first written. */
function termsOnce(text: string, language: string | null): Map<string, string> {
  const stemming = stemmingOf(language);
  const terms = new Map<string, string>();
  eachWord(text, (start, end) => {
    const word = text.slice(start, end);
    const isShort = word.length < SHORTEST && SPACED_OR_NUMBER.test(word);
    if (isShort || /^\p{N}+$/u.test(word) || saysLittle(word, language)) return;
    const term = stemmedTerm(word, stemming);
    if (!terms.has(term)) terms.set(term, word);
  });
  return terms;
}

/** The usual form; in lower case where it is ever written so: titles begin with capitals whatever the word. */
function mostWritten(written: Map<string, number>): string {
  const forms = new Map<string, number>();
  for (const [word, times] of written) {
    const lower = word.toLowerCase();
    const form = written.has(lower) ? lower : word;
    forms.set(form, (forms.get(form) ?? 0) + times);
  }
  const [first] = [...forms].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return first?.[0] ?? '';
}
