import {
  isSpanContextValid,
  propagation,
  trace,
  TraceFlags,
  context,
  type Span,
} from '@opentelemetry/api';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A request of undici, to which `fetch` belongs. */
interface UndiciRequest {
  addHeader(name: string, value: string): void;
}

/** Channel to which undici and `fetch` publish each request before it is sent. */
const channel = 'undici:request:create';

/**
 * Adds `traceparent` to each request that this process sends because of a span.
 *
 * @returns a function that ends this
 */
export function propagateTraces(): () => void {
  const addHeaders = (message: unknown) => {
    const span = trace.getActiveSpan();
    if (!span || hasEnded(span)) return;
    const { request } = message as { request: UndiciRequest };
    propagation.inject(context.active(), request, {
      set: (carrier, name, value) => carrier.addHeader(name, value),
    });
  };
  subscribe(channel, addHeaders);
  return () => unsubscribe(channel, addHeaders);
}

/** Whether work in the background outlived its span, such as a watch that a reconciliation has started. */
function hasEnded(span: Span): boolean {
  const spanContext = span.spanContext();
  const isSampled = (spanContext.traceFlags & TraceFlags.SAMPLED) !== 0;
  return !isSpanContextValid(spanContext) || (isSampled && !span.isRecording());
}
