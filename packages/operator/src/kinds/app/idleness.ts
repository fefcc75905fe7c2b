import { toKey } from '@bailiwick/backstage-kube-controller';
import type {
  App,
  AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../cache';
import type { HealthReport } from './health';
import { previousState } from './status';
import type { Workload } from './workload';

/** Milliseconds by which the recorded use can lag behind: gateways write it every ten seconds. */
const usageLag = 30_000;

/** Whether an app in an environment is scaled to zero. */
export interface Idleness {
  /** The health without pods; absent if pods run. */
  report?: HealthReport;
  /** Milliseconds until it may be scaled to zero. */
  recheckAfter?: number;
}

/**
 * Judges whether nobody has used an app for as long as its environment says. New code runs first, as its contract is
 * read from a pod, and so does an app that is not healthy.
 */
export function idlenessOf(
  { grants }: Pick<Caches, 'grants'>,
  app: App,
  environment: AppEnvironment,
  {
    bundle,
    limits,
    scaleToZeroMinutes: minutes,
  }: Pick<Workload, 'bundle' | 'limits' | 'scaleToZeroMinutes'>,
  now: Date,
): Idleness {
  const state = previousState(app, environment.name);
  if (
    !minutes ||
    !grants.isSynced ||
    state?.health !== 'Healthy' ||
    !state.contract ||
    state.digest !== bundle.digest
  )
    return {};
  const { name, namespace } = app.metadata;
  const uses = grants
    .index('app', toKey(name, namespace))
    .filter(({ spec }) => spec.environment === environment.name)
    .map(({ status }) => status?.lastUsed);
  const last = [state.since, environment.restartedAt, ...uses]
    .map(time => Date.parse(time ?? ''))
    .filter(time => !Number.isNaN(time));
  // A call that began last may still run.
  const patience = (minutes * 60 + limits.seconds) * 1000 + usageLag;
  const end = Math.max(...last) + patience;
  const left = end - now.getTime();
  if (left > 0) return { recheckAfter: left };
  return {
    report: {
      health: 'Healthy',
      why: `Scaled to zero, because nobody has called it for ${minutes} minutes. The next call starts a pod.`,
      next: '',
    },
  };
}
