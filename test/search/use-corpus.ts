import type { SearchAnswer } from '../../src/index.js';
import { call } from '../e2e/process.js';
import { type App, useApp } from '../support/app.js';

export type Answer = Pick<SearchAnswer, 'hits' | 'total' | 'facets'>;

interface UsedCorpus {
  server: App;
  search(request: object): Promise<Answer>;
}

/** A server with the sample corpus, for the tests of a file. */
export function useCorpus(): UsedCorpus {
  const server = useApp({ corpus: true });
  const search = async (request: object): Promise<Answer> =>
    (await call<Answer>(server, 'POST', '/v1/search', request)).body;
  return { server, search };
}

/** The documents of the hits, best first. */
export const idsOf = ({ hits }: Answer): string[] => hits.map(({ document }) => document.id);
