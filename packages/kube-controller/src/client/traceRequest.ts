import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';
import type { WireResponse } from '../connection';

/**
 * Sends a request within a span of OpenTelemetry, if it is part of a trace and the program records traces. The span has
 * the kind and the namespace, but no names of objects, which can contain those of people. It ends when the response
 * begins.
 */
export async function traceRequest(
  request: { host: string; method: string; path: string },
  send: () => Promise<WireResponse>,
): Promise<WireResponse> {
  if (!trace.getActiveSpan()?.isRecording()) return send();
  const { host, method, path } = request;
  const template = templateOf(path);
  const tracer = trace.getTracer('@bailiwick/backstage-kube-controller');
  const span = tracer.startSpan(`${method} ${template}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      ...attributesOf(path),
      'http.request.method': method,
      'server.address': host,
      'url.template': template,
    },
  });
  try {
    const traced = trace.setSpan(context.active(), span);
    const response = await context.with(traced, send);
    const timing = response.headers['server-timing'];
    span.setAttributes({
      'http.response.status_code': response.status,
      // Time in the pod, if the API server forwarded the request to one.
      ...(timing && { 'http.response.header.server-timing': [timing].flat() }),
    });
    if (response.status >= 400) {
      span.setAttribute('error.type', String(response.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return response;
  } catch (error) {
    span.setAttribute('error.type', (error as Error).name);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function attributesOf(path: string): Attributes {
  const [, namespace] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
  return { ...(namespace && { 'k8s.namespace.name': namespace }) };
}

/** Returns a path of Kubernetes' API without names, such as `/api/v1/namespaces/{namespace}/pods/{name}/log`. */
function templateOf(path: string): string {
  return path.replace(
    /^(\/api\/[^/]+|\/apis\/[^/]+\/[^/]+)(\/namespaces\/[^/]+(?=\/))?(\/[^/]+)(\/[^/]+)?/,
    (_, api: string, namespace = '', kind: string, name = '') =>
      `${api}${namespace && '/namespaces/{namespace}'}${kind}${
        name && '/{name}'
      }`,
  );
}
