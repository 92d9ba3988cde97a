import type { MapRow } from '../storage/map-store.js';
import { ClusterNames } from './cluster-names.js';
import type { Position } from './k-means.js';
import type { DrawnMap, MapCluster } from './map-answer.js';

/** Numbers as they are sent: a screen shows no finer differences. */
const PRECISION = 10_000;

/** Where a document stands, and in which cluster. */
export interface Place extends Position {
  cluster: number;
}

/** Puts a map together of documents that come one after the other, and of nothing else. */
export class MapDescription {
  readonly #names = new ClusterNames();
  readonly #placed: { row: MapRow; place: Place }[] = [];
  #missing = 0;

  /** @param place null for a document that is not on the map */
  add(row: MapRow, place: Place | null): void {
    if (!place) {
      this.#missing += 1;
      return;
    }
    this.#placed.push({ row, place });
    const { title, beginning, language } = row;
    this.#names.add({ cluster: place.cluster, text: title ?? beginning ?? '', language });
  }

  finish(isBehind: boolean): DrawnMap {
    const placed = this.#placed;
    const numbers = [...new Set(placed.map(({ place }) => place.cluster))].sort((a, b) => a - b);
    const places = new Map(numbers.map((number, place) => [number, place]));
    const sources = mostFrequent(placed.map(({ row }) => row.source));
    const languages = mostFrequent(placed.map(({ row }) => row.language));
    const column = <Value>(read: (one: { row: MapRow; place: Place }) => Value): Value[] => placed.map(read);
    return {
      status: 'ready',
      isBehind,
      missing: this.#missing,
      clusters: numbers.map((number) => this.#cluster(number)),
      sources: [...sources.keys()],
      languages: [...languages.keys()],
      documents: {
        id: column(({ row }) => row.id),
        title: column(({ row }) => row.title),
        source: column(({ row }) => sources.get(row.source ?? '') ?? -1),
        language: column(({ row }) => languages.get(row.language ?? '') ?? -1),
        publishedAt: column(({ row }) => row.publishedAt),
        cluster: column(({ place }) => places.get(place.cluster) ?? 0),
        x: column(({ place }) => rounded(place.x)),
        y: column(({ place }) => rounded(place.y)),
      },
    };
  }

  #cluster(number: number): MapCluster {
    const own = this.#placed.filter(({ place }) => place.cluster === number);
    const sum = own.reduce((all, { place }) => ({ x: all.x + place.x, y: all.y + place.y }), { x: 0, y: 0 });
    return {
      words: this.#names.of(number),
      x: rounded(sum.x / own.length),
      y: rounded(sum.y / own.length),
      documents: own.length,
    };
  }
}

/** Values and their places, the most frequent first. */
function mostFrequent(values: (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  const order = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return new Map(order.map(([value], place) => [value, place]));
}

function rounded(number: number): number {
  return Math.round(number * PRECISION) / PRECISION;
}
