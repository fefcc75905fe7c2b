import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { noSniff } from '@bailiwick/backstage-kube-controller';
import type { Tracing } from '@bailiwick/backstage-tracing';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
} from 'fastify';
import { addressedUrl, type AddressDirectory } from './address';
import { addFunctionRoute, countCalls, type DeliveryOptions } from './delivery';
import { answerErrors, answerFailure, answerUnknown } from './answerErrors';
import { answerMalformed } from './answerMalformed';
import { addObserveRoutes, type ObserveOptions } from './observe';
import { addOpenApiRoute, type OpenApiOptions } from './openapi';
import { AppNotRunningError } from './errors';
import { addExcelRoutes, type AddInDirectory } from './excel';
import { requireHost } from './requireHost';
import { LoginThrottle, verifyPeople, type AccessTokens } from './login';
import { addMcpRoutes } from './mcp';
import { addODataRoutes } from './odata';
import {
  asksForWebSocket,
  Push,
  WebSocketUpgrades,
  type PushLimits,
} from './push';
import { addTabpyRoutes } from './tabpy';
import { traceRequests, TracedUpstream } from './tracing';
import { recordUse } from './usage';

/** Parts of a gateway. */
export interface GatewayOptions
  extends DeliveryOptions,
    ObserveOptions,
    Pick<OpenApiOptions, 'publicUrl'> {
  directory: DeliveryOptions['directory'] & AddInDirectory & AddressDirectory;
  /** Maximum number of failed logins per minute and address; 20 by default. */
  failedLogins?: number;
  /** Ranges of the proxies whose `X-Forwarded-For` names the client; none by default. */
  trustedProxies?: string[];
  /** Verifies the access tokens of an identity provider; without it, only Bailiwick's own tokens are accepted. */
  accessTokens?: AccessTokens;
  /** Milliseconds in which a whole request must arrive; 60 000 by default. */
  requestTimeout?: number;
  /**
   * Milliseconds for which a closing gateway still answers requests on open connections, and asks clients to close them;
   * none by default.
   */
  drainTimeout?: number;
  /** Limits of streams. */
  streams?: Partial<PushLimits>;
  /** Records traces; without it, requests have no spans. */
  tracing?: Tracing;
  /** Logger; without one, nothing is logged. */
  logger?: FastifyBaseLogger;
}

/** Builds the server; it does not listen yet. */
export function createGateway({
  accessTokens,
  drainTimeout = 0,
  logger,
  failedLogins = 20,
  requestTimeout = 60_000,
  trustedProxies = [],
  streams,
  tracing,
  ...given
}: GatewayOptions): FastifyInstance {
  const options = tracing
    ? { ...given, upstream: new TracedUpstream(given.upstream, tracing) }
    : given;
  const server = Fastify({
    ...(logger && { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: request => addressedUrl(request, options.directory),
    frameworkErrors: answerFailure,
    clientErrorHandler: answerMalformed,
    exposeHeadRoutes: false,
    requestTimeout,
    http: {
      shouldUpgradeCallback: asksForWebSocket,
      connectionsCheckingInterval: Math.min(30_000, requestTimeout),
    },
    forceCloseConnections: 'idle',
    // Responses while it closes have `Connection: close`, so that clients turn to another gateway without a failure.
    return503OnClosing: false,
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    genReqId: () => randomUUID(),
  });
  server.addHook('preClose', () => untilUnused(server, drainTimeout));
  server.addHook('onSend', async (_, reply) => {
    reply.headers(noSniff);
  });
  const throttle = new LoginThrottle(failedLogins);
  answerErrors(server, throttle);
  answerUnknown(server);
  addObserveRoutes(server, options);
  const push = new Push(streams);
  options.metrics.showStreams(() => push.figures);
  const upgrades = new WebSocketUpgrades(server);
  server.register(async routes => {
    if (tracing) traceRequests(routes, tracing.tracer);
    routes.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      requireHost(request);
      if (options.missing().length > 0) {
        throw new AppNotRunningError('The gateway is starting; retry', {
          retryAfter: 2,
        });
      }
    });
    verifyPeople(routes, accessTokens);
    recordUse(routes, options);
    const calls = countCalls(routes, options);
    const { publicUrl } = options;
    addFunctionRoute(routes, calls, { push, upgrades, publicUrl });
    addOpenApiRoute(routes, options);
    await routes.register(
      async odata => addODataRoutes(odata, { calls, publicUrl, throttle }),
      { prefix: '/odata/v1' },
    );
    await routes.register(
      async excel =>
        addExcelRoutes(excel, { directory: options.directory, publicUrl }),
      { prefix: '/excel/v1' },
    );
    await routes.register(async tabpy =>
      addTabpyRoutes(tabpy, { calls, throttle }),
    );
    await routes.register(async mcp =>
      addMcpRoutes(mcp, {
        calls,
        issuer: accessTokens?.issuer,
        publicUrl,
        throttle,
      }),
    );
  });
  return server;
}

/** Waits until all clients have closed their connections, but not longer than the milliseconds given. */
async function untilUnused(
  { server }: FastifyInstance,
  timeout: number,
): Promise<void> {
  const end = Date.now() + timeout;
  const connections = () =>
    promisify(server.getConnections.bind(server))().catch(() => 0);
  while (Date.now() < end && (await connections()) > 0) await pause(50);
}
