import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Outcome } from './Controller';

/** Reconciles within a span of OpenTelemetry, which begins a trace, if the program records traces. */
export function traceReconcile(
  controller: string,
  key: string,
  reconcile: () => Promise<Outcome>,
): Promise<Outcome> {
  const tracer = trace.getTracer('@bailiwick/backstage-kube-controller');
  const options = {
    root: true,
    attributes: { 'controller.name': controller, 'controller.key': key },
  };
  return tracer.startActiveSpan(
    `reconcile ${controller}`,
    options,
    async span => {
      try {
        const outcome = await reconcile();
        span.setAttribute('controller.outcome', outcome);
        if (outcome.endsWith('error'))
          span.setStatus({ code: SpanStatusCode.ERROR });
        return outcome;
      } finally {
        span.end();
      }
    },
  );
}
