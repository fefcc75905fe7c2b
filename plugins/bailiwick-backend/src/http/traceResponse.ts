import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import type { Request, Response } from 'express';

/** Attributes by the part of an address that precedes their value. */
const attributes = {
  tenants: 'bailiwick.tenant',
  apps: 'bailiwick.app',
  environments: 'bailiwick.environment',
  functions: 'bailiwick.function',
};

/** A request within a span. */
interface TracedRequest {
  /** Runs code within the span. */
  run(code: () => void): void;
  /** Absent if the program records no traces. */
  traceId?: string;
}

/**
 * Begins the span of a request, which ends with its response. It continues the span of an instrumented HTTP server or,
 * without one, the trace of the client.
 */
export function traceResponse(
  request: Request,
  response: Response,
): TracedRequest {
  const active = context.active();
  const parent = trace.getSpan(active)
    ? active
    : propagation.extract(active, request.headers);
  const { baseUrl, method, originalUrl } = request;
  const tracer = trace.getTracer(
    '@bailiwick/backstage-plugin-bailiwick-backend',
  );
  const span = tracer.startSpan(
    method,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': method,
        ...attributesOf(originalUrl),
      },
    },
    parent,
  );
  if (!span.isRecording()) return { run: code => code() };
  response.once('close', () => endSpan(span, baseUrl, response));
  return {
    run: code => context.with(trace.setSpan(parent, span), code),
    traceId: span.spanContext().traceId,
  };
}

function endSpan(span: Span, baseUrl: string, response: Response): void {
  const { req: request, statusCode: status } = response;
  // The route is known only after it was found.
  const { method, route } = request;
  if (route) {
    const pattern = `${baseUrl}${route.path}`;
    span.updateName(`${method} ${pattern}`);
    span.setAttribute('http.route', pattern);
  }
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) {
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** Reads the names in an address. Its other parts can contain names of people, and its query has parameters. */
function attributesOf(url: string): Attributes {
  const parts = url.split('?')[0].split('/');
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([part, attribute]) => {
      const at = parts.indexOf(part);
      return at > 0 && parts[at + 1] ? [[attribute, parts[at + 1]]] : [];
    }),
  );
}
