import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Stats } from '../akin.js';
import { VERSION } from '../version.js';
import type { LogLines } from './log-lines.js';
import { routeName } from './route-name.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

/** In seconds: searches take milliseconds, imports may take minutes to send. */
const BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30];

/** What Prometheus may ask. Numbers alone: no label holds what a request, a document or a key says. */
export class Metrics {
  readonly #registry = new Registry();
  /** Counted once for all that tells of it. */
  #stats: Promise<Stats> | null = null;
  readonly #engine: GetEngine;
  readonly #durations: Histogram<'method' | 'route' | 'status'>;

  constructor(engine: GetEngine, { gate, lines }: { gate: SearchGate; lines: LogLines }) {
    this.#engine = engine;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#durations = new Histogram({
      name: 'akin_http_request_duration_seconds',
      help: 'Time from the head of a request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    });
    new Gauge({
      name: 'akin_build_info',
      help: 'Always 1; the label names the version that runs',
      labelNames: ['version'],
      registers,
    }).set({ version: VERSION }, 1);
    const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    };
    const counter = (name: string, help: string, read: () => number): void => {
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    };
    counter('akin_searches_total', 'Searches answered', () => engine().activity.searches);
    gauge('akin_searches_running', 'Requests that are searching', () => gate.running);
    gauge('akin_searches_waiting', 'Requests that wait for their turn to search', () => gate.waiting);
    counter(
      'akin_passages_embedded_total',
      'Passages embedded for the index; its rate is the speed of embedding',
      () => engine().activity.passagesEmbedded,
    );
    counter(
      'akin_log_lines_lost_total',
      'Lines of the log that could not be written: the disk is full, or nobody reads them',
      () => lines.lost,
    );
    const size = async (of: 'documents' | 'passages' | 'vectors' | 'bytes'): Promise<number> =>
      (await this.#stats)?.[of] ?? 0;
    gauge('akin_documents', 'Documents of the index', () => size('documents'));
    gauge('akin_passages', 'Passages of the index', () => size('passages'));
    gauge('akin_vectors', 'Vectors that searches find', () => size('vectors'));
    gauge('akin_database_bytes', 'Size of the database', () => size('bytes'));
    new Gauge({
      name: 'akin_jobs',
      help: 'Jobs by their status',
      labelNames: ['status'],
      registers,
      async collect() {
        for (const [status, count] of Object.entries(await engine().jobs.counts()))
          this.set({ status }, count);
      },
    });
  }

  /** Counts and times each request. */
  readonly observe: RequestHandler = (request, response, next) => {
    const stop = this.#durations.startTimer();
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 499;
      stop({ method: request.method, route: routeName(request, response), status });
    });
    next();
  };

  /** Answers in Prometheus' text format. */
  readonly answer: RequestHandler = async (_request, response) => {
    this.#stats = this.#engine().stats();
    response.type(this.#registry.contentType).send(await this.#registry.metrics());
  };
}
