import { type Alignment, align, evenly } from './alignment.js';
import type { DocumentEvidence } from './document-evidence.js';
import type { SourcePassage } from './related-source.js';

/** A passage of the other document. */
export interface OtherPassage {
  id: number;
  vector: Float32Array;
}

/** A source and another document, passage by passage. */
export interface SideBySide {
  /** The passages that were compared: places in `alignment` are places in these. */
  own: SourcePassage[];
  other: OtherPassage[];
  /** Null where one of the two has no passages. */
  alignment: Alignment | null;
}

/** Lays documents beside one source; two lists of passages are compared once. */
export class SourceAlignment {
  readonly #passages: SourcePassage[];
  readonly #evidence: DocumentEvidence;
  readonly #known = new Map<string, SideBySide>();

  constructor(passages: SourcePassage[], evidence: DocumentEvidence) {
    this.#passages = passages;
    this.#evidence = evidence;
  }

  /** @param most so many passages of each are compared at most, taken evenly from over the whole */
  beside(document: number, most: number): SideBySide {
    const own = evenly(this.#passages, most);
    const other = evenly(passagesOf(document, this.#evidence), most);
    const name = `${document}/${own.length}/${other.length}`;
    const known = this.#known.get(name);
    if (known) return known;
    const vectorsOf = (list: { vector: Float32Array }[]): Float32Array[] => list.map(({ vector }) => vector);
    const compared = { own, other, alignment: align(vectorsOf(own), vectorsOf(other)) };
    this.#known.set(name, compared);
    return compared;
  }
}

function passagesOf(document: number, evidence: DocumentEvidence): OtherPassage[] {
  const passages = evidence.passages(document);
  return passages ? Array.from(passages.ids, (id, place) => ({ id, vector: passages.at(place) })) : [];
}
