import {
  context,
  diag,
  DiagLogLevel,
  propagation,
  ProxyTracerProvider,
  trace,
  type TracerProvider as ApiProvider,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  setGlobalErrorHandler,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { setTimeout as pause } from 'node:timers/promises';
import { limitLines } from './limitLines';
import { propagateTraces } from './propagateTraces';
import { readBatchOptions, readSampler, requireSupported } from './settings';
import type { ReportedService, Tracing, TracingOptions } from './Tracing';

/** Name of the instrumentation in spans. */
const scope = '@bailiwick/backstage-tracing';
/** Milliseconds for the last spans when the program stops. */
const lastExport = 2_000;
/** Milliseconds between two log lines about lost spans. */
const lineInterval = 60_000;
/** Maximum number of services of which the tracers are kept. */
const maxServices = 1_000;

/**
 * Sets up OpenTelemetry for this process, with the environment variables of its specification.
 *
 * @throws Error naming the variable that has an unsupported value
 */
export function createTracing({ service, warn }: TracingOptions): Tracing {
  requireSupported(process.env);
  const sampler = readSampler(process.env);
  reportProblems(limitLines(warn, lineInterval));
  const processor = new BatchSpanProcessor({
    ...readBatchOptions(process.env),
    exporter: new OTLPTraceExporter(),
  });
  const provider = new TracerProvider({
    sampler,
    spanProcessors: [processor],
    resource: resourceFromAttributes({ 'service.name': service }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
  });
  context.setGlobalContextManager(
    new AsyncLocalStorageContextManager().enable(),
  );
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(onlyOurs(provider));
  const endPropagation = propagateTraces();
  return {
    tracer: provider.getTracer(scope),
    tracerOf: tracersOf(processor),
    async stop() {
      endPropagation();
      const exported = provider.shutdown().catch(() => {});
      await Promise.race([
        exported,
        pause(lastExport, undefined, { ref: false }),
      ]);
      trace.disable();
      propagation.disable();
      context.disable();
      diag.disable();
    },
  };
}

/**
 * Returns a provider that records nothing of other packages, such as Backstage's catalog: it has several spans for each
 * entity, which name people.
 */
function onlyOurs(provider: ApiProvider): ApiProvider {
  const nothing = new ProxyTracerProvider();
  return {
    getTracer: (name, ...rest) =>
      (name.startsWith('@bailiwick/') ? provider : nothing).getTracer(
        name,
        ...rest,
      ),
  };
}

/** Returns tracers whose spans are sampled like their parents. */
function tracersOf(processor: SpanProcessor): Tracing['tracerOf'] {
  const providers = new Map<string, TracerProvider>();
  return ({ name, namespace }: ReportedService) => {
    const key = `${namespace}/${name}`;
    let provider = providers.get(key);
    if (!provider) {
      if (providers.size >= maxServices) providers.clear();
      provider = new TracerProvider({
        sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
        spanProcessors: [processor],
        resource: resourceFromAttributes({
          'service.name': name,
          'service.namespace': namespace,
          'k8s.namespace.name': namespace,
        }),
      });
      providers.set(key, provider);
    }
    return provider.getTracer(scope);
  };
}

function reportProblems(warn: (message: string) => void): void {
  const ignore = () => {};
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  setGlobalErrorHandler(error => {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`Spans were lost: ${reason}`);
  });
}
