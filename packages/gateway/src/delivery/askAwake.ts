import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as pause } from 'node:timers/promises';
import { AppNotRunningError } from '../errors';
import type {
  CallMode,
  FunctionCall,
  Upstream,
  UpstreamAnswer,
} from '../upstream';
import type { UsageRecorder } from '../usage';
import type { Served } from './findServed';

/** Milliseconds for which a call is held while a pod starts. */
const patience = 30_000;
/** Milliseconds between attempts. */
const interval = 50;
/** Milliseconds between requests for a pod, or reports that a call or stream still uses it. */
const reportInterval = 20_000;

/** What decides about holding a call. */
export interface Waking {
  grant: Grant;
  served: Served;
  usage: Pick<UsageRecorder, 'recordInUse'>;
}

/**
 * Calls an app. If the app can be scaled to zero and no pod responds, requests one and holds the call until it responds.
 * Until the response has ended, the app is reported as used.
 *
 * @throws AppNotRunningError when no pod responds in time, and what `ask` throws
 */
export async function askAwake(
  upstream: Upstream,
  mode: CallMode,
  call: FunctionCall,
  { grant, served, usage }: Waking,
): Promise<UpstreamAnswer> {
  if (!canBeAtZero(served)) return upstream.ask(mode, call);
  const report = () => usage.recordInUse(grant);
  const timer = setInterval(report, reportInterval).unref();
  try {
    const answer = await askUntilThere(upstream, mode, call, report);
    return {
      ...answer,
      body: untilEnd(answer.body, () => clearInterval(timer)),
    };
  } catch (error) {
    clearInterval(timer);
    throw error;
  }
}

async function askUntilThere(
  upstream: Upstream,
  mode: CallMode,
  call: FunctionCall,
  requestPod: () => void,
): Promise<UpstreamAnswer> {
  const end = performance.now() + patience;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await upstream.ask(mode, { ...call, isHeld: true });
    } catch (error) {
      const isLate = performance.now() > end;
      if (!(error instanceof AppNotRunningError) || isLate) throw error;
      if (attempt === 0) requestPod();
      await pause(interval, undefined, { signal: call.signal });
    }
  }
}

/** Returns a body that reports its end, however it ends. */
function untilEnd(
  body: UpstreamAnswer['body'],
  onEnd: () => void,
): UpstreamAnswer['body'] {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* body;
      } finally {
        onEnd();
      }
    },
    text: () => body.text().finally(onEnd),
    destroy() {
      onEnd();
      return body.destroy();
    },
  };
}

function canBeAtZero({ app, environment }: Served): boolean {
  return app.spec.environments.some(
    ({ name, scaleToZeroMinutes, suspended }) =>
      name === environment.name && scaleToZeroMinutes && !suspended,
  );
}
