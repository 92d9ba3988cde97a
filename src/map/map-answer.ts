/** A region of the map. */
export interface MapCluster {
  /** What tells its documents from the others, the most telling word first; none where nothing does. */
  words: string[];
  /** The middle of its documents. */
  x: number;
  y: number;
  documents: number;
}

/** Documents by columns: the same place in each is the same document. */
export interface MapDocuments {
  id: string[];
  title: (string | null)[];
  /** A place in `sources`; -1 where none is known. */
  source: number[];
  /** A place in `languages`; -1 where none is known. */
  language: number[];
  publishedAt: (string | null)[];
  /** A place in `clusters`. */
  cluster: number[];
  /** From -1 to 1, to the right. */
  x: number[];
  /** From -1 to 1, upwards. */
  y: number[];
}

/** Documents laid out by what they are about. */
export interface DrawnMap {
  status: 'ready';
  /** Documents that have changed or come since it was drawn: those are not on it, until it is drawn anew. */
  isBehind: boolean;
  /** Documents of the index that are not on it. */
  missing: number;
  clusters: MapCluster[];
  /** The most frequent first. */
  sources: string[];
  /** The most frequent first. */
  languages: string[];
  documents: MapDocuments;
}

/** A map that is not there yet. */
export interface MapInTheMaking {
  status: 'drawing';
  /** How much of it is done, 0 to 1. */
  done: number;
}

/** What `GET /v1/map` gives. */
export type MapAnswer = DrawnMap | MapInTheMaking;
