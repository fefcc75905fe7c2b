import { startTestBackend } from '@backstage/backend-test-utils';
import { OtlpReceiver } from '@bailiwick/backstage-testing/traces';
import { trace } from '@opentelemetry/api';
import tracingPlugin from './plugin';

const given = process.env;

describe('the plugin for portals', () => {
  let receiver: OtlpReceiver;

  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
  });
  afterEach(async () => {
    process.env = given;
    await receiver.stop();
  });

  it('exports spans until the portal has stopped', async () => {
    process.env = { ...given, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address };
    const backend = await startTestBackend({ features: [tracingPlugin] });
    trace.getTracer('@bailiwick/test').startSpan('last').end();
    await backend.stop();
    expect(receiver.spans).toMatchObject([
      { name: 'last', resource: { 'service.name': 'bailiwick-portal' } },
    ]);
  });

  it('keeps a portal with a wrong variable from starting', async () => {
    process.env = {
      ...given,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    };
    await expect(
      startTestBackend({ features: [tracingPlugin] }),
    ).rejects.toThrow('OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"');
  });
});
