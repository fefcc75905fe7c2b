import { trace } from '@opentelemetry/api';
import { OtlpReceiver } from '@bailiwick/backstage-testing/traces';
import { startTracing, type Tracing } from '@bailiwick/backstage-tracing';
import {
  json,
  ScriptedServer,
  type Answer,
} from '../__testUtils__/ScriptedServer';
import { Controller } from '../controller';
import type { KubeClient } from './KubeClient';

const given = process.env;
const log = { info() {}, warn() {}, error() {} };
const path = '/api/v1/namespaces/desk--prod/services/feed:80/proxy/call/prices';
const template =
  '/api/v1/namespaces/{namespace}/services/{name}/proxy/call/prices';
/** The response of a pod behind the API server, with the headers that it received. */
const pod: Answer = response =>
  response
    .writeHead(200, {
      'content-type': 'application/json',
      'server-timing': 'call;dur=1.5',
    })
    .end(JSON.stringify(response.req.headers));

describe('traces of requests to API servers', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing | undefined;
  let client: KubeClient;

  async function serve(...lists: Answer[]): Promise<KubeClient> {
    client = await new ScriptedServer({ lists, watches: [] }).start();
    return client;
  }

  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
    process.env = {
      ...given,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    };
    tracing = await startTracing({ service: 'test', warn() {} });
  });
  afterEach(async () => {
    await client.close();
    await tracing?.stop();
    process.env = given;
    await receiver.stop();
  });

  it('lead from the work that sends them to the pods behind', async () => {
    await serve(pod);
    const headers = await tracing!.tracer.startActiveSpan('click', span =>
      client
        .request<Record<string, string>>({ path, query: { limit: 3 } })
        .finally(() => span.end()),
    );
    const click = await receiver.span('click');
    const request = await receiver.span(`GET ${template}`);
    expect(request).toMatchObject({
      traceId: click.traceId,
      parentSpanId: click.spanId,
      kind: 3,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'http.response.header.server-timing': ['call;dur=1.5'],
        'k8s.namespace.name': 'desk--prod',
        'url.template': template,
      },
    });
    expect(headers.traceparent).toBe(
      `00-${request.traceId}-${request.spanId}-01`,
    );
  });

  it.each([
    ['/version', '/version'],
    ['/api/v1/namespaces', '/api/v1/namespaces'],
    ['/api/v1/namespaces/desk--prod', '/api/v1/namespaces/{name}'],
    [
      '/api/v1/namespaces/desk--prod/pods/feed-1/log',
      '/api/v1/namespaces/{namespace}/pods/{name}/log',
    ],
    [
      '/apis/bailiwick.dev/v1alpha1/namespaces/desk--home/grants/feed-tom-1',
      '/apis/bailiwick.dev/v1alpha1/namespaces/{namespace}/grants/{name}',
    ],
    [
      '/apis/bailiwick.dev/v1alpha1/tenants/desk/status',
      '/apis/bailiwick.dev/v1alpha1/tenants/{name}/status',
    ],
  ])('have no names: %s', async (asked, expected) => {
    await serve(pod);
    await tracing!.tracer.startActiveSpan('click', span =>
      client.request({ path: asked }).finally(() => span.end()),
    );
    await expect(receiver.span(`GET ${expected}`)).resolves.toMatchObject({
      attributes: { 'url.template': expected },
    });
  });

  it('show refusals', async () => {
    await serve(json(403, { kind: 'Status', reason: 'Forbidden' }));
    await tracing!.tracer.startActiveSpan('click', span =>
      client
        .request({ path })
        .catch(() => {})
        .finally(() => span.end()),
    );
    await expect(receiver.span(`GET ${template}`)).resolves.toMatchObject({
      status: 2,
      attributes: { 'http.response.status_code': 403, 'error.type': '403' },
    });
  });

  it('leave out requests of no trace, and those that outlive their span', async () => {
    await serve(pod, pod);
    await client.request({ path });
    await tracing!.tracer.startActiveSpan('click', async span => {
      span.end();
      await client.request({ path });
    });
    await tracing!.stop();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['click']);
  });

  it('have a trace for each reconciliation, with its requests', async () => {
    await serve(pod, json(500, { kind: 'Status' }));
    const stop = new AbortController();
    const controller = new Controller({
      name: 'app',
      watches: [],
      log,
      reconcile: async () => {
        await client.request({ path });
      },
    });
    controller.enqueue('desk/feed');
    const ended = controller.run(stop.signal);
    const reconcile = await receiver.span('reconcile app');
    const request = await receiver.span(`GET ${template}`);
    expect(trace.getActiveSpan()).toBeUndefined();
    expect(reconcile).toMatchObject({
      parentSpanId: '',
      attributes: {
        'controller.name': 'app',
        'controller.key': 'desk/feed',
        'controller.outcome': 'success',
      },
    });
    expect(request.parentSpanId).toBe(reconcile.spanId);
    receiver.spans.length = 0;
    controller.enqueue('desk/feed');
    await expect(receiver.span('reconcile app')).resolves.toMatchObject({
      status: 2,
      attributes: { 'controller.outcome': 'error' },
    });
    stop.abort();
    await ended;
  });
});
