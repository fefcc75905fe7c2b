/** Readiness checks that a pack can require of its apps. @public */
export const readinessChecks = [
  'description',
  'running',
  'readers',
  'release',
  'words',
  'protected',
] as const;

/** A readiness check. @public */
export type ReadinessCheck = (typeof readinessChecks)[number];
