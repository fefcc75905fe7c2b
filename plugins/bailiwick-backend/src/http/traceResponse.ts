import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
} from '@opentelemetry/api';
import type { Request, Response } from 'express';

/** Parameters of routes that spans have, which are names and no values. */
const names = ['tenant', 'environment', 'app', 'fn'] as const;

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
        // Parameters are in the query.
        'url.path': originalUrl.split('?')[0],
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
  // The route is known only after it was found. Its parameters are unknown after an error.
  const { method, params = {}, route } = request;
  if (route) {
    const pattern = `${baseUrl}${route.path}`;
    span.updateName(`${method} ${pattern}`);
    span.setAttribute('http.route', pattern);
  }
  for (const name of names)
    if (params[name])
      span.setAttribute(
        `bailiwick.${name === 'fn' ? 'function' : name}`,
        params[name],
      );
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) {
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
