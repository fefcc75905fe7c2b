import { context, trace } from '@opentelemetry/api';
import { eventually } from '@bailiwick/backstage-testing';
import { OtlpReceiver } from '@bailiwick/backstage-testing/traces';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTracing } from './startTracing';
import type { Tracing } from './Tracing';

const given = process.env;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('startTracing', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing | undefined;
  const warnings: string[] = [];

  beforeEach(async () => {
    warnings.length = 0;
    receiver = await OtlpReceiver.start();
  });
  afterEach(async () => {
    await tracing?.stop();
    tracing = undefined;
    process.env = given;
    await receiver.stop();
  });

  async function start(environment: NodeJS.ProcessEnv) {
    process.env = { ...given, OTEL_BSP_SCHEDULE_DELAY: '20', ...environment };
    tracing = await startTracing({
      service: 'bailiwick-test',
      warn: message => warnings.push(message),
    });
    return tracing;
  }
  const startExport = async (environment: NodeJS.ProcessEnv = {}) =>
    (await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      ...environment,
    }))!;

  it.each([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_SDK_DISABLED: 'true',
    },
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_TRACES_EXPORTER: 'none',
    },
  ])('does nothing with %j', async environment => {
    await expect(start(environment)).resolves.toBeUndefined();
    expect(trace.getTracer('test').startSpan('a').isRecording()).toBe(false);
  });

  it('exports spans with the variables of OpenTelemetry', async () => {
    const { tracer } = await startExport({
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=secret',
      OTEL_RESOURCE_ATTRIBUTES: 'k8s.namespace.name=bailiwick-system',
    });
    tracer.startSpan('work', { attributes: { count: 3 } }).end();
    await expect(receiver.span('work')).resolves.toMatchObject({
      attributes: { count: 3 },
      resource: {
        'service.name': 'bailiwick-test',
        'k8s.namespace.name': 'bailiwick-system',
      },
      parentSpanId: '',
    });
    expect(receiver.headers[0]).toMatchObject({ 'x-api-key': 'secret' });
  });

  it('takes the name of the program from OTEL_SERVICE_NAME', async () => {
    const { tracer } = await startExport({ OTEL_SERVICE_NAME: 'feeds' });
    tracer.startSpan('work').end();
    const { resource } = await receiver.span('work');
    expect(resource['service.name']).toBe('feeds');
  });

  it('reports spans of other services only within a sampled trace', async () => {
    const { tracer, tracerOf } = await startExport();
    const app = tracerOf({ name: 'feed', namespace: 'desk--prod' });
    const span = tracer.startSpan('call');
    const parent = trace.setSpan(context.active(), span);
    app.startSpan('alone').end();
    app.startSpan('in pod', {}, parent).end();
    span.end();
    await expect(receiver.span('in pod')).resolves.toMatchObject({
      parentSpanId: span.spanContext().spanId,
      resource: {
        'service.name': 'feed',
        'service.namespace': 'desk--prod',
        'k8s.namespace.name': 'desk--prod',
      },
    });
    await receiver.span('call');
    expect(receiver.spans).toHaveLength(2);
  });

  it('records nothing of other packages', async () => {
    const { stop } = await startExport();
    trace.getTracer('backstage-plugin-catalog-backend').startSpan('a').end();
    trace
      .getTracer('@bailiwick/backstage-kube-controller')
      .startSpan('b')
      .end();
    await stop();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['b']);
  });

  it('exports the last spans when it stops', async () => {
    const { tracer, stop } = await startExport({
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    });
    tracer.startSpan('last').end();
    await stop();
    expect(receiver.spans).toMatchObject([{ name: 'last' }]);
  });

  it('logs once a minute that spans are lost', async () => {
    const { tracer } = await startExport();
    // No retry, as after an overload.
    receiver.status = 400;
    tracer.startSpan('first').end();
    await eventually('It is logged', () => warnings.length > 0);
    tracer.startSpan('second').end();
    await eventually('It is sent', () => receiver.headers.length === 2);
    receiver.status = 200;
    tracer.startSpan('third').end();
    await receiver.span('third');
    expect(warnings).toEqual([expect.stringMatching(/^Spans were lost: /)]);
  });

  describe('requests', () => {
    let server: Server;
    let address: string;
    let received: (string | undefined)[];

    beforeEach(async () => {
      received = [];
      server = createServer((request, response) => {
        received.push(request.headers.traceparent as string | undefined);
        response.end();
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise(resolve => server.close(resolve)));

    it('continue the trace of the span that is active', async () => {
      const { tracer } = await startExport();
      const span = tracer.startSpan('click', {}, remote('01'));
      const active = trace.setSpan(context.active(), span);
      await context.with(active, () => fetch(address));
      expect(received).toEqual([
        `00-${traceId}-${span.spanContext().spanId}-01`,
      ]);
    });

    it('of traces that are not sampled say so', async () => {
      const { tracer } = await startExport();
      const span = tracer.startSpan('click', {}, remote('00'));
      const active = trace.setSpan(context.active(), span);
      await context.with(active, () => fetch(address));
      expect(received[0]).toMatch(new RegExp(`^00-${traceId}-.*-00$`));
    });

    it('after the end of the span, or without one, belong to no trace', async () => {
      const { stop, tracer } = await startExport();
      const span = tracer.startSpan('click');
      const active = trace.setSpan(context.active(), span);
      span.end();
      await context.with(active, () => fetch(address));
      await fetch(address);
      await stop();
      await context.with(active, () => fetch(address));
      expect(received).toEqual([undefined, undefined, undefined]);
    });
  });
});

/** Returns the context of a client's request. */
function remote(flags: '00' | '01') {
  return trace.setSpanContext(context.active(), {
    traceId,
    spanId: '00f067aa0ba902b7',
    traceFlags: Number(flags),
    isRemote: true,
  });
}
