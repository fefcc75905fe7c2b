import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Health of an environment: the state, the reason in one sentence, and the remedy. */
export type HealthReport = Pick<
  AppEnvironmentStatus,
  'health' | 'why' | 'next'
>;

/** Why a pod does not work, and the remedy. */
export type Problem = Pick<HealthReport, 'why' | 'next'>;

/** A {@link Problem} that may resolve by itself. */
export interface Trouble extends Problem {
  /** Since when, milliseconds since the epoch; absent when unknown. */
  at?: number;
  /** Milliseconds after which it changes the health. */
  threshold: number;
  /** Whether it is reported before its threshold has passed. */
  isNotable?: boolean;
  /** Whether the pod may work all the same, as nothing is heard from its node. */
  isOutOfSight?: boolean;
}
