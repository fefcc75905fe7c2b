import type { FastifyInstance } from 'fastify';
import { faultOf } from './faultOf';
import type { GatewayMetrics } from './GatewayMetrics';

/** Options of the health and metrics routes. */
export interface ObserveOptions {
  metrics: GatewayMetrics;
  /** Kinds of objects that are not known completely yet; ready when empty. */
  missing: () => string[];
}

/** Routes for probes, which are called often. */
const probes = new Set(['/healthz', '/readyz']);

/** `GET /healthz` and `/readyz`; one log line and one count for each response except to probes. */
export function addObserveRoutes(
  server: FastifyInstance,
  { metrics, missing }: ObserveOptions,
): void {
  server.get('/healthz', async () => ({ status: 'ok' }));

  server.get('/readyz', async (_, reply) => {
    const waitsFor = missing();
    const isReady = waitsFor.length === 0;
    return reply
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? 'ready' : 'starting', waitsFor });
  });

  server.addHook('onResponse', async (request, reply) => {
    const { url: route = 'unknown' } = request.routeOptions;
    if (probes.has(route)) return;
    const isStream =
      reply.statusCode === 101 ||
      /^text\/event-stream/.test(String(reply.getHeader('content-type')));
    metrics.record({
      route,
      status: reply.statusCode,
      ...(reply.statusCode >= 500 && { fault: faultOf(reply.failure) }),
      ...(!isStream && { milliseconds: reply.elapsedTime }),
    });
    if (!/^\/(?:odata\/)?v1\//.test(route)) return;
    // the query is not logged, because it reveals a person's interests
    request.log.info(
      {
        ...(request.params as object),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        traceId: request.traceId,
      },
      'answered',
    );
  });
}
