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

/** What decides about the release that gets a call. */
export interface Choosing extends Waking {
  usage: Waking['usage'] & Pick<UsageRecorder, 'recordCanary'>;
}

/**
 * Calls an app. While it has a canary, some calls go to the canary, and the results of all calls are recorded, so that
 * the operator can judge it. A call that no pod of the canary accepts goes to the deployed release. Streams always do.
 *
 * @throws what {@link askAwake} throws
 */
export async function askRelease(
  upstream: Upstream,
  mode: CallMode,
  call: FunctionCall,
  choosing: Choosing,
): Promise<UpstreamAnswer> {
  const { grant, served, usage } = choosing;
  const { canary } = served.environment;
  const askStable = () => askAwake(upstream, mode, call, choosing);
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
    record(answer.status >= 500);
    return answer;
  } catch (error) {
    if (isCanary && error instanceof NoPodError) return askStable();
    if (!call.signal?.aborted) record(true);
    throw error;
  }
}
