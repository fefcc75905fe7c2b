import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Tracing } from '@bailiwick/backstage-tracing';
import type {
  CallMode,
  FunctionCall,
  Upstream,
  UpstreamAnswer,
} from '../upstream';

/** Status of a call that its pod answered, and its time there. */
type TimedAnswer = Pick<UpstreamAnswer, 'status' | 'timing'>;

/**
 * Reports the spans of pods, which cannot send anything to a collector: from the times in their responses (ADR 61). A
 * stream's span ends when the stream begins.
 */
export class TracedUpstream implements Upstream {
  readonly #upstream: Upstream;
  readonly #tracerOf: Tracing['tracerOf'];

  constructor(upstream: Upstream, { tracerOf }: Pick<Tracing, 'tracerOf'>) {
    this.#upstream = upstream;
    this.#tracerOf = tracerOf;
  }

  async ask(mode: CallMode, call: FunctionCall): Promise<UpstreamAnswer> {
    const parent = context.active();
    const asked = Date.now();
    const start = performance.now();
    const answer = await this.#upstream.ask(mode, call);
    const { status, timing } = answer;
    if (timing && trace.getSpan(parent)?.isRecording()) {
      const elapsed = performance.now() - start;
      this.#report(mode, call, { status, timing }, { asked, elapsed, parent });
    }
    return answer;
  }

  async close(): Promise<void> {
    await this.#upstream.close();
  }

  #report(
    mode: CallMode,
    { app, environment, fn, tenant }: FunctionCall,
    { status, timing }: TimedAnswer,
    { asked, elapsed, parent }: Exchange,
  ): void {
    const namespace = environmentNamespace(tenant, environment);
    const tracer = this.#tracerOf({ name: app, namespace });
    // The clocks of pods can differ: the time on the way is assumed to be the same in both directions.
    const milliseconds = Math.min(timing?.milliseconds ?? 0, elapsed);
    const startTime = asked + (elapsed - milliseconds) / 2;
    const span = tracer.startSpan(
      `POST /${mode}/${fn}`,
      {
        kind: SpanKind.SERVER,
        startTime,
        attributes: {
          'http.request.method': 'POST',
          'http.route': `/${mode}/{function}`,
          'http.response.status_code': status,
          'bailiwick.function': fn,
          'bailiwick.tenant': tenant,
          'bailiwick.environment': environment,
          'k8s.pod.name': timing?.pod,
          'error.type': status >= 400 ? String(status) : undefined,
        },
      },
      parent,
    );
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(startTime + milliseconds);
  }
}

/** A request and its response, as the gateway saw them. */
interface Exchange {
  /** Milliseconds since 1970. */
  asked: number;
  /** Milliseconds until the response began. */
  elapsed: number;
  parent: Context;
}
