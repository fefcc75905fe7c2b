import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common';

/** How an environment is doing: the word, why in one sentence, and what to do about it. */
export type HealthReport = Pick<
  AppEnvironmentStatus,
  'health' | 'why' | 'next'
>;

/** Something that keeps a pod from working. */
export type Problem = Pick<HealthReport, 'why' | 'next'>;
