import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as pause } from 'node:timers/promises';
import { NoPodError } from '../errors';
import {
  refusalOf,
  type CallMode,
  type FunctionCall,
  type Upstream,
  type UpstreamAnswer,
} from '../upstream';
import type { UsageRecorder } from '../usage';
import type { Served } from './findServed';

/** Milliseconds for which a call is held while a pod starts. */
const patience = 30_000;
/** Milliseconds between attempts. */
const interval = 50;

/** What decides about holding a call. */
export interface Waking {
  grant: Grant;
  served: Served;
  usage: Pick<UsageRecorder, 'requestPod'>;
}

/**
 * Calls an app. If the app was scaled to zero, requests a pod, and holds the call until the pod has loaded its code.
 *
 * @throws NoPodError when no pod responds in time or the caller disconnects, what `ask` throws, and refusals of apps that
 *   are not ready
 */
export async function askAwake(
  upstream: Upstream,
  mode: CallMode,
  call: FunctionCall,
  { grant, served, usage }: Waking,
): Promise<UpstreamAnswer> {
  if (!canBeAtZero(served)) return upstream.ask(mode, call);
  const end = performance.now() + patience;
  let isRequested = served.environment.pods.desired === 0;
  if (isRequested) usage.requestPod(grant);
  for (;;) {
    try {
      const answer = await upstream.ask(mode, { ...call, isHeld: true });
      if (answer.status !== 503) return answer;
      throw await refusalOf(call.app, answer);
    } catch (error) {
      // No function was called: the call can be repeated.
      if (!(error instanceof NoPodError) || performance.now() > end)
        throw error;
      if (!isRequested) usage.requestPod(grant);
      isRequested = true;
      await pause(interval, undefined, { signal: call.signal }).catch(() => {
        throw error;
      });
    }
  }
}

/** Whether an app may be without pods because nobody called it; with a problem, it is not. */
export function canBeAtZero({ app, environment }: Served): boolean {
  const { health, name } = environment;
  return (
    (health === 'Healthy' || health === 'Progressing') &&
    app.spec.environments.some(
      one => one.name === name && one.scaleToZeroMinutes && !one.suspended,
    )
  );
}
