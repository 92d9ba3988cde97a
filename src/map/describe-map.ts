import type { MapRow } from '../storage/map-store.js';
import type { Steps } from '../turns.js';
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
  readonly #rows: MapRow[] = [];
  readonly #places: Place[] = [];
  readonly #sums = new Map<number, { x: number; y: number; documents: number }>();
  #missing = 0;

  /** @param place null for a document that is not on the map */
  add(row: MapRow, place: Place | null): void {
    if (!place) {
      this.#missing += 1;
      return;
    }
    this.#rows.push(row);
    this.#places.push(place);
    const sum = this.#sums.get(place.cluster) ?? { x: 0, y: 0, documents: 0 };
    this.#sums.set(place.cluster, sum);
    sum.x += place.x;
    sum.y += place.y;
    sum.documents += 1;
    const { title, beginning, language } = row;
    this.#names.add({ cluster: place.cluster, text: title ?? beginning ?? '', language });
  }

  /** @param isBehind whether documents have changed since the map was drawn */
  *finish(isBehind: boolean): Steps<DrawnMap> {
    const numbers = [...this.#sums.keys()].sort((a, b) => a - b);
    const clusters: MapCluster[] = [];
    for (const number of numbers) {
      clusters.push(this.#cluster(number));
      yield;
    }
    const [rows, places] = [this.#rows, this.#places];
    const sources = mostFrequent(rows.map(({ source }) => source));
    const languages = mostFrequent(rows.map(({ language }) => language));
    yield;
    const position = new Map(numbers.map((number, at) => [number, at]));
    const of = { id: rows.map(({ id }) => id), title: rows.map(({ title }) => title) };
    yield;
    const source = rows.map((row) => sources.get(row.source ?? '') ?? -1);
    const language = rows.map((row) => languages.get(row.language ?? '') ?? -1);
    yield;
    const publishedAt = rows.map((row) => row.publishedAt);
    const cluster = places.map((place) => position.get(place.cluster) ?? 0);
    yield;
    const [x, y] = [places.map((place) => rounded(place.x)), places.map((place) => rounded(place.y))];
    return {
      status: 'ready',
      isBehind,
      missing: this.#missing,
      clusters,
      sources: [...sources.keys()],
      languages: [...languages.keys()],
      documents: { ...of, source, language, publishedAt, cluster, x, y },
    };
  }

  #cluster(number: number): MapCluster {
    const { x, y, documents } = this.#sums.get(number) ?? { x: 0, y: 0, documents: 1 };
    return { words: this.#names.of(number), x: rounded(x / documents), y: rounded(y / documents), documents };
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
