import { eventually } from '@bailiwick/backstage-testing';
import { OtlpReceiver } from '@bailiwick/backstage-testing/traces';
import { startTracing, type Tracing } from '@bailiwick/backstage-tracing';
import { once } from 'node:events';
import { request, type RequestListener } from 'node:http';
import { pino } from 'pino';
import { aGrant, basic, token } from '../__testUtils__/objects';
import { json } from '../__testUtils__/startApp';
import { rows, TestGateway } from '../__testUtils__/TestGateway';

const given = process.env;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clientSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${clientSpan}-01`;
const route = '/v1/:tenant/:environment/:app/:fn';
/** Headers of a runtime's response. */
const timed = {
  'x-rows': '2',
  'server-timing': 'call;dur=0.125;desc="feed-5d8-x2"',
};

describe('traces of the gateway', () => {
  const gateway = new TestGateway();
  let receiver: OtlpReceiver;
  let tracing: Tracing | undefined;

  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
    process.env = {
      ...given,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    };
    tracing = await startTracing({ service: 'bailiwick-gateway', warn() {} });
  });
  afterEach(async () => {
    await gateway.stop();
    await tracing?.stop();
    process.env = given;
    await receiver.stop();
  });

  const serve = (
    respond: RequestListener = json({ rows, count: 2 }, 200, timed),
  ) => gateway.serve({ respond, tracing });

  it('go from the client through the gateway to the pod', async () => {
    await serve();
    const { statusCode } = await gateway.get('prices', { traceparent });
    expect(statusCode).toBe(200);
    const own = await receiver.span(`GET ${route}`);
    expect(own).toMatchObject({
      traceId,
      parentSpanId: clientSpan,
      kind: 2,
      status: 0,
      attributes: {
        'http.request.method': 'GET',
        'http.route': route,
        'http.response.status_code': 200,
        'k8s.namespace.name': 'desk--prod',
        'bailiwick.tenant': 'desk',
        'bailiwick.environment': 'prod',
        'bailiwick.app': 'feed',
        'bailiwick.function': 'prices',
        'bailiwick.format': expect.stringContaining('application/json'),
        'bailiwick.rows': 2,
      },
      resource: { 'service.name': 'bailiwick-gateway' },
    });
    const { headers } = gateway.app!.calls[0];
    expect(headers.traceparent).toBe(`00-${traceId}-${own.spanId}-01`);
    expect(own.attributes['bailiwick.request_id']).toBe(
      headers['x-request-id'],
    );
    const pod = await receiver.span('POST /call/prices');
    expect(pod).toMatchObject({
      traceId,
      parentSpanId: own.spanId,
      kind: 2,
      attributes: {
        'http.response.status_code': 200,
        'bailiwick.function': 'prices',
        'k8s.pod.name': 'feed-5d8-x2',
      },
      resource: { 'service.name': 'feed', 'service.namespace': 'desk--prod' },
    });
    expect(pod.milliseconds).toBeCloseTo(0.125, 2);
    expect(pod.start).toBeGreaterThanOrEqual(own.start);
  });

  it('have no tokens, people, parameters or values', async () => {
    await gateway.serve({
      respond: json({ rows, count: 2 }, 200, timed),
      grant: aGrant({ presets: { adjusted: true } }),
      tracing,
    });
    await gateway.get('prices?symbols=AAPL,IBM&start=2009-01-31');
    await gateway.get('prices?symbols=AAPL', { authorization: basic('bwk_x') });
    await gateway.get('prices?symbol=AAPL');
    await eventually('All spans arrive', () => receiver.spans.length === 4);
    const text = JSON.stringify(receiver.spans);
    for (const secret of ['bwk_', 'AAPL', '2009', 'tom', 'symbols', 'quoted'])
      expect(text).not.toContain(secret);
    const own = receiver.spans.filter(({ name }) => name === `GET ${route}`);
    expect(own.map(({ attributes }) => attributes['error.type'])).toEqual([
      undefined,
      'not-logged-in',
      'invalid-parameter',
    ]);
    // Names in an address that nobody has checked could be anything.
    expect(own[1].attributes).not.toHaveProperty(['bailiwick.app']);
  });

  it('show which part failed', async () => {
    const failure = { error: { type: 'function-failed', message: 'no' } };
    await serve(json(failure, 500, timed));
    await gateway.get('prices', { traceparent });
    const pod = await receiver.span('POST /call/prices');
    expect(pod).toMatchObject({
      status: 2,
      attributes: { 'error.type': '500' },
    });
    await expect(receiver.span(`GET ${route}`)).resolves.toMatchObject({
      status: 2,
      attributes: { 'error.type': expect.stringMatching(/^[a-z-]+$/) },
    });
  });

  it('never show more time in a pod than the call took', async () => {
    await serve(
      json({ rows, count: 2 }, 200, { 'server-timing': 'call;dur=99999999' }),
    );
    await gateway.get('prices', { traceparent });
    const own = await receiver.span(`GET ${route}`);
    const pod = await receiver.span('POST /call/prices');
    expect(pod.milliseconds).toBeLessThanOrEqual(own.milliseconds);
  });

  it('continue after a body was read', async () => {
    await serve(json({ value: 1.5 }, 200, timed));
    const sent = request(`${await gateway.listen()}/query/mean`, {
      method: 'POST',
      headers: {
        authorization: basic(token),
        'content-type': 'application/json',
        expect: '100-continue',
        traceparent,
      },
    });
    sent.flushHeaders();
    // The request has begun.
    await once(sent, 'continue');
    sent.end('{"data":{}}');
    const [response] = await once(sent, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
    const own = await receiver.span('POST /query/:fn');
    const pod = await receiver.span('POST /call/mean');
    expect(pod).toMatchObject({ traceId, parentSpanId: own.spanId });
    expect(own.attributes).toMatchObject({
      'bailiwick.app': 'feed',
      'bailiwick.format': 'TabPy',
    });
  });

  it('are not requested from pods if the client does not sample them', async () => {
    await serve();
    await gateway.get('prices', {
      traceparent: `${traceparent.slice(0, -1)}0`,
    });
    expect(gateway.app!.calls[0].headers.traceparent).toMatch(/-00$/);
    await tracing?.stop();
    expect(receiver.spans).toEqual([]);
  });

  it('have their identifier in the log', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: line => lines.push(line) });
    await gateway.serve({ logger, tracing });
    await gateway.get('prices', { traceparent });
    const { attributes } = await receiver.span(`GET ${route}`);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      msg: 'answered',
      traceId,
      reqId: attributes['bailiwick.request_id'],
    });
  });

  it('do not exist unless they are configured', async () => {
    await tracing?.stop();
    await gateway.serve();
    const { statusCode } = await gateway.get('prices', { traceparent });
    expect(statusCode).toBe(200);
    expect(gateway.app!.calls[0].headers).not.toHaveProperty('traceparent');
  });
});
