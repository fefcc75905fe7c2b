import { eventually } from '@bailiwick/backstage-testing';
import {
  Collector,
  type ReceivedSpan,
} from '@bailiwick/backstage-testing/traces';
import { startTracing, type Tracing } from '@bailiwick/backstage-tracing';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { basic, token } from '../__testUtils__/objects';
import { ODataService } from '../__testUtils__/ODataService';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const given = process.env;
const route = 'GET /v1/:tenant/:environment/:app/:fn';

integration('traces from a client through a gateway to a pod', () => {
  let collector: Collector;
  let tracing: Tracing | undefined;
  let service: ODataService;

  beforeAll(async () => {
    collector = await Collector.start();
    process.env = {
      ...given,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    };
    tracing = await startTracing({ service: 'bailiwick-gateway', warn() {} });
    service = await ODataService.start(
      join(import.meta.dirname, '../__fixtures__/agents'),
      { tracing },
    );
  }, 300_000);
  afterAll(async () => {
    await service?.stop();
    await tracing?.stop();
    process.env = given;
    await collector?.stop();
  }, 120_000);

  /** Begins a trace, as a client does. */
  function begin() {
    const traceId = randomBytes(16).toString('hex');
    const spanId = randomBytes(8).toString('hex');
    const headers = {
      authorization: basic(token),
      traceparent: `00-${traceId}-${spanId}-01`,
    };
    return { headers, spanId, traceId };
  }
  type Client = ReturnType<typeof begin>;

  const url = (path: string) =>
    new URL(`/v1/desk/prod/feed/${path}`, service.root);

  /** Waits for the spans of the gateway and of the pod. */
  async function arrived(
    { spanId, traceId }: Client,
    count = 2,
  ): Promise<ReceivedSpan[]> {
    await eventually(
      'The spans arrive',
      () => collector.spans(traceId).length >= count,
    );
    const spans = collector.spans(traceId);
    expect(spans).toHaveLength(count);
    const [own, ...others] = spans;
    expect(own.parentSpanId).toBe(spanId);
    for (const other of others) expect(other.parentSpanId).toBe(own.spanId);
    return spans;
  }

  it('show where the time of a call went', async () => {
    const client = begin();
    const response = await fetch(url('slow?seconds=0.3'), client);
    expect(response.status).toBe(200);
    await response.text();
    const [own, pod] = await arrived(client);
    expect(own).toMatchObject({
      name: route,
      attributes: {
        'http.response.status_code': 200,
        'k8s.namespace.name': 'desk--prod',
        'bailiwick.function': 'slow',
      },
      resource: { 'service.name': 'bailiwick-gateway' },
    });
    expect(pod).toMatchObject({
      name: 'POST /call/slow',
      attributes: {
        'k8s.pod.name': hostname(),
        'http.response.status_code': 200,
      },
      resource: { 'service.name': 'feed', 'service.namespace': 'desk--prod' },
    });
    expect(pod.milliseconds).toBeGreaterThanOrEqual(300);
    expect(own.milliseconds).toBeGreaterThanOrEqual(pod.milliseconds);
  });

  it.each(['many?count=3', 'many.csv?count=3', 'many.xlsx?count=3'])(
    'have the rows of %s',
    async path => {
      const client = begin();
      await (await fetch(url(path), client)).arrayBuffer();
      const [own] = await arrived(client);
      expect(own.attributes).toMatchObject({
        'bailiwick.function': 'many',
        'bailiwick.rows': 3,
      });
    },
  );

  it('show that a function failed', async () => {
    const client = begin();
    const response = await fetch(url('wrong'), client);
    const { error } = (await response.json()) as {
      error: { id: string; type: string };
    };
    const [own, pod] = await arrived(client);
    expect(own).toMatchObject({
      status: 2,
      attributes: {
        'error.type': error.type,
        'bailiwick.request_id': error.id,
        'http.response.status_code': response.status,
      },
    });
    expect(pod).toMatchObject({ status: 2 });
  });

  it('end with a stream', async () => {
    const client = begin();
    const leave = new AbortController();
    const { body } = await fetch(url('endless'), {
      headers: { ...client.headers, accept: 'text/event-stream' },
      signal: leave.signal,
    });
    const rows = body!.getReader();
    await rows.read();
    await eventually(
      'The span of the pod arrives',
      () => collector.spans(client.traceId).length === 1,
    );
    leave.abort();
    const [own, pod] = await arrived(client);
    expect(pod.name).toBe('POST /stream/endless');
    expect(own.attributes).toMatchObject({
      'bailiwick.format': 'text/event-stream; charset=utf-8',
    });
  });

  it('end with a WebSocket', async () => {
    const client = begin();
    const address = url('silent');
    address.protocol = 'ws:';
    const socket = new WebSocket(address, { headers: client.headers });
    await new Promise(resolve => {
      socket.once('open', resolve);
    });
    socket.terminate();
    const [own] = await arrived(client);
    expect(own.attributes).toMatchObject({
      'http.response.status_code': 101,
      'bailiwick.format': 'websocket',
    });
  });
});
