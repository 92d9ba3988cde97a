import { durationOf, numberOf, sizeOf, timeOf } from '../amounts.js';
import { listJobs } from '../api.js';
import { element } from '../element.js';
import { wordFailure } from '../failure-notice.js';
import type { PageState } from '../page-state.js';
import { RequestError, requestJson, requestText } from '../request.js';
import { needStyleSheet } from '../style-sheet.js';
import type { View, ViewOptions } from '../views.js';
import { createJobList } from './job-list.js';
import { History } from './measurements.js';
import { type Metrics, numberIn, parseMetrics } from './prometheus.js';
import type { Series } from './sparkline.js';
import { createTile, type Tile } from './tiles.js';

const ASK_AGAIN_MS = 2_000;

/** What `GET /v1/stats` gives. */
interface Stats {
  documents: number;
  passages: number;
  vectors: number;
  bytes: number;
  model: { name: string; dtype: string; dimensions: number; window: number };
}

/** How the server is and what it does, asked anew every two seconds while the page is seen. */
export function createStatusView({ section }: ViewOptions): View {
  const leaving = new AbortController();
  const measured = new History();
  const line = element('p', { class: 'lead', role: 'status' });
  const tiles = createTiles();
  const jobs = createJobList((id) => void cancel(id));
  const server = element('div', {}, ...serverSections(tiles), heading('Jobs'), jobs.node);
  let timer = 0;

  async function show(_state: PageState, signal: AbortSignal): Promise<void> {
    document.title = 'Status – Akin';
    if (section.dataset.state === 'status') return;
    await needStyleSheet('status/status.css');
    await look(signal);
    section.dataset.state = 'status';
    section.replaceChildren(
      element('h1', {}, 'Status'),
      line,
      element('dl', { class: 'tiles' }, ...tiles.index.map(({ node }) => node)),
      server,
    );
    again();
  }

  function again(): void {
    timer = window.setTimeout(async () => {
      // Who does not look at the page does not need it.
      if (!document.hidden) await look(leaving.signal).catch(tellFailure);
      if (!leaving.signal.aborted) again();
    }, ASK_AGAIN_MS);
  }

  async function look(signal: AbortSignal): Promise<void> {
    const [stats, metrics, all] = await Promise.all([
      requestJson('v1/stats', { signal }) as Promise<Stats>,
      requestText('metrics', { signal }).then(parseMetrics, unlessForbidden),
      listJobs(signal).catch(unlessForbidden),
    ]);
    showIndex(tiles, stats, metrics);
    server.hidden = metrics === null;
    line.textContent =
      metrics === null
        ? 'What your key sees of the index. How the server is, only a key without a filter is told.'
        : wordServer(metrics);
    if (metrics !== null) {
      measured.add(metrics, Date.now());
      showMeasurements(tiles, measured);
    }
    if (all !== null) jobs.show(all);
  }

  function tellFailure(failure: unknown): void {
    if (!leaving.signal.aborted) line.textContent = `${wordFailure(failure).heading}. This page asks again.`;
  }

  async function cancel(id: string): Promise<void> {
    const { signal } = leaving;
    await requestJson(`v1/jobs/${encodeURIComponent(id)}`, { signal, method: 'DELETE' }).then(
      () => look(signal),
      tellFailure,
    );
  }

  function leave(): void {
    leaving.abort();
    window.clearTimeout(timer);
  }

  return { show, leave };
}

/** What a key with a filter may not ask is left out. */
function unlessForbidden(failure: unknown): null {
  if (failure instanceof RequestError && failure.status === 403) return null;
  throw failure;
}

function wordServer(metrics: Metrics): string {
  const version = metrics.get('akin_build_info')?.[0]?.labels.version ?? '';
  const started = numberIn(metrics, 'process_start_time_seconds');
  const uptime = started === null ? '' : `, running for ${durationOf(Date.now() / 1_000 - started)}`;
  return `Akin ${version}${uptime}.`;
}

interface Tiles {
  index: Tile[];
  searches: Tile[];
  work: Tile[];
}

function createTiles(): Tiles {
  return {
    index: [
      createTile('Documents', 'Texts that can be found.'),
      createTile('Passages', 'Their paragraphs: each is compared with a question by itself.'),
      createTile('On disk', 'The database; the vector index comes on top.'),
      createTile('Model', 'What turns a text into numbers that can be compared.'),
    ],
    searches: [
      createTile('Searches a second', 'Of everybody, related articles among them.', true),
      createTile('Usual time', 'Half of the searches of the last half minute took less.', true),
      createTile('Slow searches', 'One of twenty took longer than this.', true),
      createTile('Waiting', 'Searches that wait for their turn now.', true),
    ],
    work: [
      createTile('Passages read a second', 'How fast documents come in.', true),
      createTile('Memory', 'Of the server itself; the model has processes of its own.', true),
    ],
  };
}

function serverSections({ searches, work }: Tiles): HTMLElement[] {
  const list = (tiles: Tile[]) => element('dl', { class: 'tiles' }, ...tiles.map(({ node }) => node));
  return [heading('Searches, in the last five minutes'), list(searches), heading('Work'), list(work)];
}

function heading(words: string): HTMLElement {
  return element('h2', {}, words);
}

function showIndex(
  { index: [documents, passages, disk, model] }: Tiles,
  stats: Stats,
  metrics: Metrics | null,
): void {
  documents?.set(numberOf(stats.documents));
  const missing = stats.passages - stats.vectors;
  passages?.set(`${numberOf(stats.passages)}${missing > 0 ? `, ${numberOf(missing)} not found yet` : ''}`);
  disk?.set(metrics === null ? `${sizeOf(stats.bytes)} of text` : sizeOf(stats.bytes));
  const { name, dimensions, dtype } = stats.model;
  model?.set(`${name}, ${dimensions} dimensions, ${dtype}`);
}

function showMeasurements({ searches, work }: Tiles, { series }: History): void {
  const now = (one: Series, word: (value: number) => string): string => {
    const value = one.at(-1);
    return typeof value === 'number' ? word(value) : '–';
  };
  const set = (tile: Tile | undefined, one: Series, word: (value: number) => string): void =>
    tile?.set(now(one, word), one);
  set(searches[0], series.searchesPerSecond, numberOf);
  set(searches[1], series.median, timeOf);
  set(searches[2], series.slow, timeOf);
  set(searches[3], series.waiting, numberOf);
  set(work[0], series.embeddedPerSecond, numberOf);
  set(work[1], series.memory, sizeOf);
}
