import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import type { Config } from '../config.js';
import type { Engine } from '../engine.js';
import { AkinError, errorMessage } from '../errors.js';
import { documentRoutes } from './document-routes.js';
import { jobRoutes } from './job-routes.js';
import { maintenanceRoutes } from './maintenance-routes.js';
import { problems, requestId } from './problem.js';
import { searchRoutes } from './search-routes.js';
import { storyRoutes } from './story-routes.js';

const PAGE = fileURLToPath(new URL('../web/', import.meta.url));
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;
/** In bytes: a query that is far too long gets an answer that says so, not a bare 431. */
const LONGEST_HEADER = 256 * 1024;
/** How long requests under way may take when the server stops. */
const DRAIN_MS = 5_000;

/** Gives the engine, or throws NOT_READY while it is loading. */
export type GetEngine = () => Engine;

/** The HTTP API and the page over an engine. */
export function createApp(engine: GetEngine, { maxBodyBytes }: Pick<Config, 'maxBodyBytes'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestId);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', (_request, response) => {
    engine();
    response.json({ status: 'ready' });
  });
  app.use(express.json({ limit: maxBodyBytes }));
  app.use(
    '/v1',
    searchRoutes(engine),
    documentRoutes(engine),
    storyRoutes(engine),
    jobRoutes(engine),
    maintenanceRoutes(engine),
  );
  app.use(
    express.static(PAGE, {
      setHeaders: (response) => {
        response.setHeader('Content-Security-Policy', PAGE_POLICY);
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Referrer-Policy', 'no-referrer');
        response.setHeader('Cache-Control', 'no-cache');
      },
    }),
  );
  app.use((request) => {
    throw new AkinError('NOT_FOUND', `There is no ${request.method} ${request.path}.`);
  });
  app.use(problems);
  return app;
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:3000`. */
  address: string;
  /** Takes no more requests and waits for those under way, a few seconds at most. */
  stop(): Promise<void>;
}

/** @throws AkinError INVALID_SETTING where the address can't be listened on */
export async function listen(
  app: Express,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<Listening> {
  if (!LOOPBACK.test(host)) {
    throw new AkinError(
      'INVALID_SETTING',
      `Without access keys, which this version does not have yet, Akin serves this machine only: --host must be a loopback address, not ${host}. To reach it from elsewhere, put a proxy that authenticates before it.`,
    );
  }
  const server = createServer({ maxHeaderSize: LONGEST_HEADER }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { address: `http://${name}:${actual}`, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): AkinError {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'another program listens there; choose another with --port'
      : error.code === 'EACCES'
        ? 'ports below 1024 need privileges; choose another with --port'
        : errorMessage(error);
  return new AkinError('INVALID_SETTING', `Akin can't listen on ${host}:${port}: ${reason}.`, {
    cause: error,
  });
}
