import { languageName } from '../wording.js';
import type { Cluster, DrawnMap } from './drawn-map.js';
import type { Colouring } from './map-place.js';

/** Values with a colour of their own; what has another one is one group. */
const MOST_VALUES = 12;

/** Documents that share a colour. */
export interface Group {
  name: string;
  documents: number;
}

/** The groups of a map by one of its fields, and which of them each document is in. */
export interface Grouping {
  /** The largest first; what has no value, or one of the rarer ones, is in the last. */
  groups: Group[];
  of: Uint8Array;
  /** How many of the groups stand for a value of their own. */
  named: number;
}

/** Groups the documents of a map. */
export function groupBy(colouring: Colouring, map: DrawnMap): Grouping {
  const { documents, sources, languages, clusters } = map;
  if (colouring === 'cluster') return grouped(clusters.map(clusterName), documents.cluster, clusters.length);
  return colouring === 'source'
    ? grouped(sources, documents.source, MOST_VALUES)
    : grouped(languages.map(languageName), documents.language, MOST_VALUES);
}

/** What a region is called: its words. */
export function clusterName({ words }: Cluster): string {
  return words.length === 0 ? 'Various' : words.join(', ');
}

function grouped(names: string[], values: number[], most: number): Grouping {
  const named = Math.min(most, names.length);
  const of = Uint8Array.from(values, (value) => (value >= 0 && value < named ? value : named));
  const counts = new Uint32Array(named + 1);
  for (const group of of) counts[group] = (counts[group] ?? 0) + 1;
  const groups = names.slice(0, named).map((name, place) => ({ name, documents: counts[place] ?? 0 }));
  const rest = counts[named] ?? 0;
  if (rest > 0) groups.push({ name: named === 0 ? 'Not known' : 'Others', documents: rest });
  return { groups, of, named };
}
