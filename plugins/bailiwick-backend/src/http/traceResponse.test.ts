import { mockServices } from '@backstage/backend-test-utils';
import { OtlpReceiver } from '@bailiwick/backstage-testing/traces';
import { startTracing, type Tracing } from '@bailiwick/backstage-tracing';
import { context, trace } from '@opentelemetry/api';
import express from 'express';
import Router from 'express-promise-router';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { readJson } from './readJson';
import { identifyRequests } from './requestIds';

const given = process.env;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clientSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${clientSpan}-01`;
const route = '/tenants/:tenant/apps/:app/functions/:fn/rows';
const path = '/tenants/desk/apps/feed/functions/prices/rows?symbols=AAPL';

describe('traces of the portal', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing | undefined;
  let server: Server;
  let address: string;
  /** Headers of the requests that the portal sent. */
  let sent: (string | undefined)[];

  beforeEach(async () => {
    sent = [];
    receiver = await OtlpReceiver.start();
    process.env = {
      ...given,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    };
    tracing = await startTracing({ service: 'bailiwick-portal', warn() {} });
    const feature = Router();
    feature.post(route, async (_request, response) => {
      await fetch(`${address}/gateway`);
      response.json({ rows: [] });
    });
    feature.get('/tenants/:tenant/grants/:grant', async () => {
      throw new Error('out of order');
    });
    const router = Router();
    const [identify, noteFailure] = identifyRequests(
      mockServices.logger.mock(),
    );
    router.use(identify, readJson, feature, noteFailure);
    const app = express();
    app.get('/gateway', (request, response) => {
      sent.push(request.header('traceparent'));
      response.end();
    });
    app.use('/api/bailiwick', router);
    app.use(((_error, _request, response, _next) => {
      response.status(500).end();
    }) as express.ErrorRequestHandler);
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
    await tracing?.stop();
    process.env = given;
    await receiver.stop();
  });

  const post = (headers: Record<string, string> = {}) =>
    fetch(`${address}/api/bailiwick${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"symbols":"AAPL"}',
    });

  it('go from the browser through the portal to the gateway', async () => {
    const response = await post({ traceparent });
    expect(response.headers.get('x-request-id')).toBe(traceId);
    const span = await receiver.span(`POST /api/bailiwick${route}`);
    expect(span).toMatchObject({
      traceId,
      parentSpanId: clientSpan,
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'http.route': `/api/bailiwick${route}`,
        'bailiwick.tenant': 'desk',
        'bailiwick.app': 'feed',
        'bailiwick.function': 'prices',
      },
      resource: { 'service.name': 'bailiwick-portal' },
    });
    expect(sent).toEqual([`00-${traceId}-${span.spanId}-01`]);
    expect(JSON.stringify(receiver.spans)).not.toContain('AAPL');
  });

  it('have the request ID of clients that send no trace', async () => {
    const response = await post();
    const span = await receiver.span(`POST /api/bailiwick${route}`);
    expect(response.headers.get('x-request-id')).toBe(span.traceId);
  });

  it('show failures', async () => {
    await fetch(`${address}/api/bailiwick/tenants/desk/grants/feed-tom-1`);
    await expect(
      receiver.span('GET /api/bailiwick/tenants/:tenant/grants/:grant'),
    ).resolves.toMatchObject({
      status: 2,
      attributes: {
        'http.response.status_code': 500,
        'error.type': '500',
        'bailiwick.tenant': 'desk',
      },
    });
    expect(JSON.stringify(receiver.spans)).not.toContain('tom');
  });

  it('belong to the span of an instrumented server', async () => {
    const { tracer } = tracing!;
    const http = tracer.startSpan('HTTP');
    const instrumented = express();
    instrumented.use((_request, _response, next) =>
      context.with(trace.setSpan(context.active(), http), next),
    );
    instrumented.use(
      identifyRequests(mockServices.logger.mock())[0],
      (_request, response) => {
        response.end();
      },
    );
    const other = instrumented.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}`, { headers: { traceparent } });
    await expect(receiver.span('GET')).resolves.toMatchObject({
      parentSpanId: http.spanContext().spanId,
    });
    await new Promise(resolve => other.close(resolve));
  });
});
