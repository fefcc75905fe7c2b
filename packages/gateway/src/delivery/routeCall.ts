import { canaryName } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { NoPodError } from '../errors';
import type {
  CallMode,
  FunctionCall,
  Upstream,
  UpstreamAnswer,
} from '../upstream';
import type { UsageRecorder } from '../usage';
import { askAwake, type Waking } from './askAwake';

/** Status of a call for which a pod has no slot; no code ran (RFC 6585 section 4). */
const tooBusy = 429;

/** What decides about the release that gets a call. */
export interface Routing extends Waking {
  usage: Waking['usage'] & Pick<UsageRecorder, 'recordCanary'>;
}

/**
 * Calls an app. While it has a canary, some calls go to the canary, and the results of all calls are recorded, so that
 * the operator can judge it. A call that the canary does not accept, because no pod is there or all are busy, goes to the
 * deployed release. Streams always do.
 *
 * @throws what {@link askAwake} throws
 */
export async function routeCall(
  upstream: Upstream,
  mode: CallMode,
  call: FunctionCall,
  routing: Routing,
): Promise<UpstreamAnswer> {
  const { grant, served, usage } = routing;
  const { canary } = served.environment;
  const askStable = () => askAwake(upstream, mode, call, routing);
  if (mode === 'stream' || canary?.phase !== 'Running' || !canary.readyAt)
    return askStable();
  const { percent, startedAt } = canary;
  const isCanary = Math.random() * 100 < percent;
  const start = performance.now();
  const record = (failed: boolean) =>
    usage.recordCanary(grant, {
      startedAt,
      isCanary,
      failed,
      milliseconds: performance.now() - start,
    });
  try {
    const answer = isCanary
      ? await upstream.ask(mode, {
          ...call,
          pods: undefined,
          service: canaryName(call.app),
        })
      : await askStable();
    if (isCanary && answer.status === tooBusy) {
      await answer.body.text().catch(() => '');
      return askStable();
    }
    record(answer.status >= 500);
    return answer;
  } catch (error) {
    if (isCanary && error instanceof NoPodError) return askStable();
    if (!call.signal?.aborted) record(true);
    throw error;
  }
}
