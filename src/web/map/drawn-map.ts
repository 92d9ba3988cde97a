import { requestJson } from '../request.js';

/** A region of the map, by the words that tell it from the others. */
export interface Cluster {
  words: string[];
  x: number;
  y: number;
  documents: number;
}

/** The map as `GET /v1/map` gives it: documents by columns, places from -1 to 1, up and to the right. */
export interface DrawnMap {
  status: 'ready';
  isBehind: boolean;
  missing: number;
  clusters: Cluster[];
  sources: string[];
  languages: string[];
  documents: {
    id: string[];
    title: (string | null)[];
    source: number[];
    language: number[];
    publishedAt: (string | null)[];
    cluster: number[];
    x: number[];
    y: number[];
  };
}

const ASK_AGAIN_MS = 1_000;

/** The map, when it is drawn. @param onProgress told how much of it is done, 0 to 1 */
export async function getMap(signal: AbortSignal, onProgress: (done: number) => void): Promise<DrawnMap> {
  for (;;) {
    const answer = (await requestJson('v1/map', { signal })) as
      | DrawnMap
      | { status: 'drawing'; done: number };
    if (answer.status === 'ready') return answer;
    onProgress(answer.done);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    signal.throwIfAborted();
  }
}
