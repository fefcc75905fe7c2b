import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type BatchSpanProcessorOptions,
  type Sampler,
} from '@opentelemetry/sdk-trace';

type Environment = NodeJS.ProcessEnv;

const parentBased = (root: Sampler) => new ParentBasedSampler({ root });

const samplers: Record<string, (ratio: () => number) => Sampler> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: ratio => new TraceIdRatioBasedSampler(ratio()),
  parentbased_always_on: () => parentBased(new AlwaysOnSampler()),
  parentbased_always_off: () => parentBased(new AlwaysOffSampler()),
  parentbased_traceidratio: ratio =>
    parentBased(new TraceIdRatioBasedSampler(ratio())),
};

/**
 * Reads `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`.
 *
 * @throws Error for an unknown sampler, or a ratio that is not a number from 0 to 1
 */
export function readSampler(environment: Environment): Sampler {
  const name = environment.OTEL_TRACES_SAMPLER || 'parentbased_always_on';
  const create = samplers[name];
  if (!create)
    throw new Error(
      `OTEL_TRACES_SAMPLER is "${name}"; it must be one of ${Object.keys(
        samplers,
      ).join(', ')}`,
    );
  return create(() => readNumber(environment, 'OTEL_TRACES_SAMPLER_ARG', 1, 1));
}

/**
 * Reads the variables `OTEL_BSP_…`, whose times are milliseconds.
 *
 * @throws Error for values that are not numbers
 */
export function readBatchOptions(
  environment: Environment,
): Omit<BatchSpanProcessorOptions, 'exporter'> {
  const read = (name: string, fallback: number) =>
    readNumber(environment, `OTEL_BSP_${name}`, fallback);
  return {
    exportTimeoutMillis: read('EXPORT_TIMEOUT', 30_000),
    maxExportBatchSize: read('MAX_EXPORT_BATCH_SIZE', 512),
    maxQueueSize: read('MAX_QUEUE_SIZE', 2_048),
    scheduledDelayMillis: read('SCHEDULE_DELAY', 5_000),
  };
}

/**
 * Checks that spans are to be exported over OTLP with protobuf, the only implemented protocol.
 *
 * @throws Error naming the variable that asks for another one
 */
export function requireSupported(environment: Environment): void {
  for (const [name, supported] of [
    ['OTEL_TRACES_EXPORTER', 'otlp'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/protobuf'],
  ]) {
    const value = environment[name];
    if (value && value !== supported)
      throw new Error(`${name} is "${value}"; only ${supported} is supported`);
  }
  for (const name of [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  ]) {
    const value = environment[name];
    if (value && !/^https?:$/.test(URL.parse(value)?.protocol ?? ''))
      throw new Error(
        `${name} is "${value}"; it must be an address such as http://collector:4318`,
      );
  }
}

/** Reads a number from 0 to a maximum. */
function readNumber(
  environment: Environment,
  name: string,
  fallback: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const text = environment[name] || String(fallback);
  const value = Number(text);
  if (value >= 0 && value <= max) return value;
  const range = max === 1 ? 'from 0 to 1' : 'of at least 0';
  throw new Error(`${name} is "${text}"; it must be a number ${range}`);
}
