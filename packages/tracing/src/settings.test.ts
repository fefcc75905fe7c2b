import { readBatchOptions, readSampler, requireSupported } from './settings';

describe('readSampler', () => {
  it.each([
    [{}, 'ParentBased{root=AlwaysOnSampler'],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, 'AlwaysOffSampler'],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
      'TraceIdRatioBased{0.25}',
    ],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio' }, 'TraceIdRatioBased{1}'],
    [
      {
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.5',
      },
      'ParentBased{root=TraceIdRatioBased{0.5}',
    ],
  ])('reads %j', (environment, expected) => {
    expect(String(readSampler(environment))).toContain(expected);
  });

  it('refuses unknown samplers and wrong ratios', () => {
    expect(() => readSampler({ OTEL_TRACES_SAMPLER: 'some' })).toThrow(
      'OTEL_TRACES_SAMPLER is "some"; it must be one of always_on, always_off, traceidratio,',
    );
    const OTEL_TRACES_SAMPLER = 'traceidratio';
    for (const OTEL_TRACES_SAMPLER_ARG of ['2', '-1', 'half'])
      expect(() =>
        readSampler({ OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG }),
      ).toThrow(
        `OTEL_TRACES_SAMPLER_ARG is "${OTEL_TRACES_SAMPLER_ARG}"; it must be a number from 0 to 1`,
      );
  });
});

describe('readBatchOptions', () => {
  it('has the defaults of the specification', () => {
    expect(readBatchOptions({ OTEL_BSP_SCHEDULE_DELAY: '100' })).toEqual({
      exportTimeoutMillis: 30_000,
      maxExportBatchSize: 512,
      maxQueueSize: 2_048,
      scheduledDelayMillis: 100,
    });
  });

  it('refuses other texts than numbers', () => {
    expect(() => readBatchOptions({ OTEL_BSP_MAX_QUEUE_SIZE: 'big' })).toThrow(
      'OTEL_BSP_MAX_QUEUE_SIZE is "big"; it must be a number of at least 0',
    );
  });
});

describe('requireSupported', () => {
  it.each([
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"; only http/protobuf is supported',
    ],
    [
      { OTEL_TRACES_EXPORTER: 'zipkin' },
      'OTEL_TRACES_EXPORTER is "zipkin"; only otlp is supported',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318"; it must be an address such as http://collector:4318',
    ],
  ])('refuses %j', (environment, message) => {
    expect(() => requireSupported(environment)).toThrow(message);
  });

  it('accepts OTLP with protobuf', () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com/otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_TRACES_EXPORTER: 'otlp',
    };
    expect(() => requireSupported(environment)).not.toThrow();
  });
});
