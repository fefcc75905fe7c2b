/** Readiness checks that a pack can require of its apps. */
export const readinessChecks = [
  'description',
  'running',
  'readers',
  'release',
  'words',
  'protected',
] as const;

/** A readiness check. */
export type ReadinessCheck = (typeof readinessChecks)[number];
