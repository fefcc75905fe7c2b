/**
 * Exports OpenTelemetry traces of the programs of Bailiwick, when configured.
 *
 * @packageDocumentation
 */
export { startTracing } from './startTracing';
export type { ReportedService, Tracing, TracingOptions } from './Tracing';
