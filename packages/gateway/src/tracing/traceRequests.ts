import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Tracer,
} from '@opentelemetry/api';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Trace of the request, if it is recorded. */
    traceId?: string;
  }
}

/**
 * Records a span for each request of the routes of a server, which ends with the response. It continues the trace of the
 * client, and has names and figures, but no parameters, values or people.
 */
export function traceRequests(server: FastifyInstance, tracer: Tracer): void {
  server.addHook('onRequest', (request, reply, done) => {
    const parent = propagation.extract(context.active(), request.headers);
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? '';
    const span = tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'bailiwick.request_id': request.id,
        },
      },
      parent,
    );
    if (span.isRecording()) request.traceId = span.spanContext().traceId;
    reply.raw.once('close', () => {
      if (span.isRecording()) {
        span.setAttributes(attributesOf(request, reply));
        if (reply.statusCode >= 500)
          span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    });
    context.with(trace.setSpan(parent, span), done);
  });
}

function attributesOf(
  { params }: FastifyRequest,
  { failure, read, statusCode }: FastifyReply,
): Attributes {
  const { app, environment, fn, tenant } = (params ?? {}) as Partial<
    Record<'app' | 'environment' | 'fn' | 'tenant', string>
  >;
  return {
    'http.response.status_code': statusCode,
    'error.type':
      failure?.type ?? (statusCode >= 500 ? String(statusCode) : undefined),
    // Only those of a reader with a valid token name things that exist.
    ...(read && {
      ...(tenant &&
        environment && {
          'k8s.namespace.name': environmentNamespace(tenant, environment),
        }),
      'bailiwick.tenant': tenant,
      'bailiwick.environment': environment,
      'bailiwick.app': app,
      'bailiwick.function': fn,
      'bailiwick.format': read.format || undefined,
      'bailiwick.rows': read.rows,
    }),
  };
}
