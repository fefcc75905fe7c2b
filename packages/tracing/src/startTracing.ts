import type { Tracing, TracingOptions } from './Tracing';

/**
 * Starts to export spans over OTLP if the environment has an address for them, such as
 * `OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318`. Otherwise, nothing of OpenTelemetry's SDK is executed.
 *
 * @returns `undefined` without an address
 * @throws Error naming the variable that has an unsupported value
 */
export async function startTracing(
  options: TracingOptions,
): Promise<Tracing | undefined> {
  if (!isEnabled(process.env)) return undefined;
  const { createTracing } = await import('./createTracing');
  return createTracing(options);
}

/** Whether the variables of OpenTelemetry's specification enable the export of spans. */
function isEnabled(environment: NodeJS.ProcessEnv): boolean {
  const {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint,
    OTEL_SDK_DISABLED: disabled,
    OTEL_TRACES_EXPORTER: exporter,
  } = environment;
  const isOff = disabled?.toLowerCase() === 'true' || exporter === 'none';
  return !isOff && Boolean(endpoint || tracesEndpoint);
}
