import { toInstant } from '@bailiwick/backstage-kube-controller';
import type {
  AppCanaryStatus,
  AppEnvironment,
  AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/**
 * Returns the canary of an environment: the one that its status has, or a new one because another release is to replace
 * one whose pods are ready. A restart tries a release again that was rolled back.
 *
 * @param before - last written state of the environment
 * @returns `undefined` if the release is deployed, or shall be deployed at once
 */
export function planCanary(
  before: AppEnvironmentStatus | undefined,
  environment: AppEnvironment,
  now: Date,
): AppCanaryStatus | undefined {
  const {
    canary: settings,
    release,
    restartedAt = '',
    suspended,
  } = environment;
  const isReplaced = before?.release && before.release !== release;
  if (!settings || !release || suspended || !isReplaced) return undefined;
  const { percent } = settings;
  const { canary, pods } = before;
  const isRetried =
    canary?.phase === 'RolledBack' &&
    Date.parse(restartedAt) > Date.parse(canary.endsAt ?? '');
  if (canary?.release === release && !isRetried) return { ...canary, percent };
  if (pods.ready === 0) return undefined;
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
