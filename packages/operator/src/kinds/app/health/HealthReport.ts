import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common';

/** How an environment is doing: the word, why in one sentence, and what to do about it. */
export type HealthReport = Pick<
  AppEnvironmentStatus,
  'health' | 'why' | 'next'
>;

/** Something that keeps a pod from working. */
export type Problem = Pick<HealthReport, 'why' | 'next'>;

/** A {@link Problem} that may pass by itself. */
export interface Trouble extends Problem {
  /** Since when, in milliseconds since 1970; absent when nobody says. */
  at?: number;
  /** Milliseconds after which it counts. */
  threshold: number;
  /** Whether it is worth telling before it counts. */
  isNotable?: boolean;
}
