import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import type { AccessKeys } from '../access/access-keys.js';
import { KeyFolder } from '../access/key-folder.js';
import type { Config } from '../config.js';
import type { Engine } from '../engine.js';
import { AkinError, type ErrorCode, errorMessage } from '../errors.js';
import { audited, auditKeys } from './audit.js';
import { authorize, identify } from './authenticate.js';
import { boundAnswers } from './bound-answers.js';
import { limitPauses } from './client-pause.js';
import { compress } from './compress.js';
import { documentRoutes } from './document-routes.js';
import { embeddingRoutes } from './embedding-routes.js';
import { hostCheck, namesOf } from './host-check.js';
import { jobRoutes } from './job-routes.js';
import { type Log, openLog } from './log.js';
import { LogLines } from './log-lines.js';
import { isLocal, isLoopback } from './loopback.js';
import { maintenanceRoutes } from './maintenance-routes.js';
import { mapRoutes } from './map-routes.js';
import { answerMcp, refuseMcp } from './mcp-route.js';
import { Metrics } from './metrics.js';
import { OPERATIONS } from './openapi/openapi-document.js';
import { openApiRoute } from './openapi/openapi-route.js';
import type { Operation } from './openapi/operation.js';
import { crossOrigin, originCheck } from './origin-check.js';
import { problems } from './problem.js';
import { rateLimit } from './rate-limit.js';
import { referencePage } from './reference-page.js';
import { requestLog } from './request-log.js';
import { requireJson } from './require-json.js';
import { revalidate } from './revalidate.js';
import { SearchGate } from './search-gate.js';
import { searchRoutes } from './search-routes.js';
import { securityHeaders } from './security-headers.js';
import { storyRoutes } from './story-routes.js';
import { uploadRoutes } from './upload-routes.js';

const PAGE = fileURLToPath(new URL('../web/', import.meta.url));
/** What pages of other sites load, where their origin may use the server. */
const WIDGET = `${sep}widget.js`;
/** In bytes: a query that is far too long gets an answer that says so, not a bare 431. */
const LONGEST_HEADER = 256 * 1024;
/** How long requests under way may take when the server stops. */
const DRAIN_MS = 5_000;
/** How often connections are looked at that keep the server waiting. */
const LOOK_MS = 5_000;
const MOST_CONNECTIONS = 1_000;

/** Gives the engine, or throws NOT_READY while it is loading. */
export type GetEngine = () => Engine;

/** The HTTP API and the page over an engine. */
export function createApp(
  engine: GetEngine,
  config: Config,
  {
    isEnding = () => false,
    watchFailure = () => null,
    keys = new KeyFolder(config.index),
    lines = new LogLines(),
    log = openLog(config, lines),
  }: {
    isEnding?: () => boolean;
    watchFailure?: () => ErrorCode | null;
    keys?: AccessKeys;
    lines?: LogLines;
    log?: Log;
  } = {},
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  if (config.trustProxy !== null) app.set('trust proxy', config.trustProxy);
  // It would hash every answer, also those that differ each time by the time they took; see `revalidate`.
  app.set('etag', false);
  const gate = new SearchGate(config);
  const metrics = new Metrics(engine, { gate, lines });
  app.use(
    limitPauses(config.clientTimeoutMs),
    requestLog(log),
    metrics.observe,
    securityHeaders(),
    compress(),
    boundAnswers(config),
  );
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', (_request, response) => {
    engine();
    if (isEnding()) throw new AkinError('NOT_READY', 'The server is ending. Ask another one.');
    response.json({ status: 'ready', watchFailure: watchFailure() });
  });
  app.use(hostCheck(namesOf(config)), originCheck(config));
  if (config.corsOrigins.length > 0) app.use(crossOrigin(config));
  const identified = identify({
    keys,
    isOwnerKey: (text) => engine().isOwnerKey(text),
    isOpenWithoutKeys: isLocal(config),
    isPublic: config.public === 'read',
  });
  const limits = rateLimit(config);
  const admitted = [auditKeys(keys, log), identified, limits.request, authorize];
  app.get('/metrics', admitted, metrics.answer);
  app.get('/openapi.json', openApiRoute());
  app.use('/mcp', admitted);
  app.use('/v1', admitted, audited(log), revalidate(engine, stableOperations(config)));
  app.use('/v1', uploadRoutes(engine, config));
  app.use(express.json({ limit: config.maxBodyBytes }));
  app.use('/v1', requireJson);
  app.use(['/v1/search/batch', '/mcp'], limits.batch);
  app.use(
    '/v1',
    searchRoutes(engine, gate),
    embeddingRoutes(engine, gate),
    documentRoutes(engine, gate),
    storyRoutes(engine),
    mapRoutes(engine),
    jobRoutes(engine),
    maintenanceRoutes(engine),
  );
  app.use('/docs', referencePage());
  app.post('/mcp', answerMcp(engine, gate, log));
  app.all('/mcp', refuseMcp);
  app.use(
    express.static(PAGE, {
      setHeaders: (response, path) => {
        response.setHeader('Cache-Control', 'no-cache');
        if (path.endsWith(WIDGET)) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      },
    }),
  );
  app.use((request) => {
    throw new AkinError('NOT_FOUND', `There is no ${request.method} ${request.path}.`);
  });
  app.use(problems(log));
  return app;
}

/** A reranker's answers also depend on how much it had the time to read. */
function stableOperations({ reranker }: Pick<Config, 'reranker'>): Operation[] {
  return OPERATIONS.filter(({ path }) => reranker === null || path !== '/v1/search');
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:3000`. */
  address: string;
  /** Takes no more requests and waits for those under way, a few seconds at most. */
  stop(): Promise<void>;
}

/**
 * Without a key this machine alone is served, unless everybody may read.
 * @throws AkinError INVALID_SETTING where a key is missing, or the address can't be listened on
 */
export async function listen(
  app: Express,
  config: Pick<Config, 'host' | 'allowedHosts' | 'public' | 'port' | 'clientTimeoutMs'>,
  keys: AccessKeys,
): Promise<Listening> {
  const { host, port, clientTimeoutMs } = config;
  if (!isLocal(config) && config.public === null && (await keys.ids()).length === 0) {
    const local = isLoopback(host)
      ? `AKIN_ALLOWED_HOSTS must name this machine only, not ${config.allowedHosts.join(', ')}`
      : `--host must be a loopback address, not ${host}`;
    throw new AkinError(
      'INVALID_SETTING',
      `Without an access key Akin serves this machine only: ${local}. Make a key with akin keys create --scope read, or let everybody search and read with AKIN_PUBLIC=read, and start again.`,
    );
  }
  const server = createServer(
    {
      maxHeaderSize: LONGEST_HEADER,
      headersTimeout: clientTimeoutMs,
      connectionsCheckingInterval: Math.min(LOOK_MS, clientTimeoutMs),
      // An import may take hours, as long as it does not pause.
      requestTimeout: 0,
    },
    app,
  );
  server.maxConnections = MOST_CONNECTIONS;
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
