import { toInstant } from '@bailiwick/backstage-kube-controller';
import type {
  AppCanaryStatus,
  AppEnvironment,
  AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/**
 * Returns the canary of an environment: the one that its status has, or a new one because another release is to replace
 * the deployed one. A restart tries a release again that was rolled back. While the app is stopped, the canary waits.
 *
 * @param before - last written state of the environment
 * @param isStopped - whether the app or its environment is suspended
 * @returns `undefined` if the release is deployed, or shall be deployed at once
 */
export function planCanary(
  before: AppEnvironmentStatus | undefined,
  environment: AppEnvironment,
  { isStopped, now }: { isStopped: boolean; now: Date },
): AppCanaryStatus | undefined {
  const { canary: settings, release, restartedAt = '' } = environment;
  const isReplaced = before?.release && before.release !== release;
  if (!settings || !release || !isReplaced) return undefined;
  const { percent } = settings;
  const { canary, health, pods } = before;
  const isRolledBack = canary?.phase === 'RolledBack';
  const isRetried =
    isRolledBack && Date.parse(restartedAt) > Date.parse(canary.endsAt ?? '');
  if (canary?.release === release && !isRetried)
    return isStopped && !isRolledBack
      ? withoutCalls(canary)
      : { ...canary, percent };
  // Nobody is served who could be protected; an app that was paused serves soon.
  const isDown = health !== 'Suspended' && pods.desired === 0;
  if (!isStopped && (isDown || health === 'Failed')) return undefined;
  return {
    release,
    phase: 'Running',
    percent,
    startedAt: toInstant(now),
    calls: 0,
    failed: 0,
    why: '',
  };
}

/** Returns a canary that gets no calls until its pods are ready again. */
export function withoutCalls({
  endsAt: _end,
  readyAt: _ready,
  ...canary
}: AppCanaryStatus): AppCanaryStatus {
  return canary;
}
