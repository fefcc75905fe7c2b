import type { Tracer } from '@opentelemetry/api';

/** A service whose spans another program reports. */
export interface ReportedService {
  name: string;
  /** Kubernetes namespace. */
  namespace: string;
}

/** Tracing of a program that exports spans. */
export interface Tracing {
  /** Tracer of the program. */
  tracer: Tracer;
  /** Returns a tracer whose spans belong to another service. */
  tracerOf(service: ReportedService): Tracer;
  /** Exports the last spans, for at most two seconds. */
  stop(): Promise<void>;
}

/** Options of `startTracing`. */
export interface TracingOptions {
  /** Name of the program, unless `OTEL_SERVICE_NAME` is set. */
  service: string;
  /** Logs why spans are lost: at most one line per minute. */
  warn(message: string): void;
}
