/**
 * What is measured: a search over HTTP by one client, beside the sum of what it can't do without (the query's vector, the
 * searches of the graph, the keyword search) run bare; and how many searches a second 16 connections get beside one.
 * Data: a synthetic set (scale-set.ts), or the index folder that AKIN_BENCH_INDEX names; queries that are all different.
 * The bare parts run on a copy of the index in this process, in turns with the server's, so that both meet the same machine.
 * By: npm run bench -- --data DATA search
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type * as ConfigModule from '../../src/config.js';
import type * as EmbeddedPartsModule from '../../src/embedded-parts.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { scaleSet } from './cached-sets.js';
import { figureOf, inTurns, median, ratios, timeOf } from './measure.js';
import { loadPeer } from './peers/install.js';
import { Questions } from './questions.js';
import { BareParts, type SearchParts } from './search-parts.js';
import { ServerProcess } from './server-process.js';

const PASSAGES = 100_000;
const WARM_UP = 100;
const ROUNDS = 7;
const QUERIES_A_ROUND = 40;
const LOAD_ROUNDS = 5;
const LOAD_SECONDS = 4;
const CONNECTIONS = 16;

interface Autocannon {
  default(options: {
    url: string;
    connections: number;
    duration: number;
    requests: { method: string; path: string; headers: object; setupRequest(request: object): object }[];
  }): Promise<{ requests: { total: number }; non2xx: number; errors: number; duration: number }>;
}

export const SEARCH: Benchmark = {
  name: 'search',
  measures: `A search over HTTP beside its parts alone, and the searches a second of ${CONNECTIONS} connections beside one.`,
  data: `${PASSAGES} synthetic passages, or what AKIN_BENCH_INDEX names; each query is asked once.`,
  run,
};

async function run(context: BenchContext): Promise<Figure[]> {
  const index = join(context.scratch, 'index');
  const copy = join(context.scratch, 'copy');
  const folder = process.env.AKIN_BENCH_INDEX ?? (await scaleSet(PASSAGES, context));
  for (const to of [index, copy]) cpSync(folder, to, { recursive: true });
  const questions = new Questions(context.data, context.seed);
  const server = await ServerProcess.start(index);
  try {
    return [...(await besideParts(server, copy, questions)), ...(await underLoad(server, questions))];
  } finally {
    await server.stop();
  }
}

async function besideParts(server: ServerProcess, copy: string, questions: Questions): Promise<Figure[]> {
  const parts = await openBuilt(copy);
  const alone = new BareParts(parts);
  try {
    for (let i = 0; i < WARM_UP; i++) {
      await server.search(questions.next());
      await alone.run(questions.next());
    }
    const over: number[] = [];
    const bare: SearchParts[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const times: number[] = [];
      const each: SearchParts[] = [];
      for (let i = 0; i < QUERIES_A_ROUND; i++) {
        times.push(await timeOf(() => server.search(questions.next())));
        each.push(await alone.run(questions.next()));
      }
      over.push(median(times));
      bare.push({
        embed: median(each.map(({ embed }) => embed)),
        hnsw: median(each.map(({ hnsw }) => hnsw)),
        keyword: median(each.map(({ keyword }) => keyword)),
      });
    }
    const sums = bare.map(({ embed, hnsw, keyword }) => embed + hnsw + keyword);
    return [
      figureOf('a search over HTTP', over, 'ms'),
      figureOf(
        "bare: the query's vector",
        bare.map(({ embed }) => embed),
        'ms',
      ),
      figureOf(
        'bare: its searches of the graph',
        bare.map(({ hnsw }) => hnsw),
        'ms',
      ),
      figureOf(
        'bare: the keyword search',
        bare.map(({ keyword }) => keyword),
        'ms',
      ),
      figureOf('a search over HTTP, of the sum of its parts', ratios(over, sums), '×', { atMost: 1.6 }),
    ];
  } finally {
    await Promise.all([parts.embedder.close(), parts.marker.close()]);
    await parts.reader.close();
    await parts.index.close();
    parts.storage.close();
  }
}

async function underLoad(server: ServerProcess, questions: Questions): Promise<Figure[]> {
  const { default: autocannon } = await loadPeer<Autocannon>('autocannon');
  const searchesASecond = async (connections: number): Promise<number> => {
    const { requests, non2xx, errors, duration } = await autocannon({
      url: server.address,
      connections,
      duration: LOAD_SECONDS,
      requests: [
        {
          method: 'POST',
          path: '/v1/search',
          headers: { 'content-type': 'application/json' },
          setupRequest: (request) => ({ ...request, body: JSON.stringify({ query: questions.next() }) }),
        },
      ],
    });
    if (non2xx + errors > 0) throw new Error(`${non2xx + errors} searches failed under load.`);
    return requests.total / duration;
  };
  const { one, many } = await inTurns(LOAD_ROUNDS, {
    one: () => searchesASecond(1),
    many: () => searchesASecond(CONNECTIONS),
  });
  return [
    figureOf('searches a second, 1 connection', one, '/s'),
    figureOf(`searches a second, ${CONNECTIONS} connections`, many, '/s'),
    figureOf(`searches a second of ${CONNECTIONS} connections, of those of 1`, ratios(many, one), '×', {
      atLeast: 1.6,
    }),
  ];
}

/** What the built program works with: its processes are files of dist/. */
async function openBuilt(index: string): Promise<EmbeddedPartsModule.EmbeddedParts> {
  const built = (file: string): Promise<unknown> =>
    import(new URL(`../../dist/${file}`, import.meta.url).href);
  const { openEmbedded } = (await built('embedded-parts.js')) as typeof EmbeddedPartsModule;
  const { loadConfig } = (await built('config.js')) as typeof ConfigModule;
  const { config } = loadConfig({ flags: { index } });
  return openEmbedded({ config });
}
