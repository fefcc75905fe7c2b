/** What a pack can ask of an app that others rely on. */
export const readinessChecks = [
  'description',
  'running',
  'readers',
  'release',
  'words',
  'protected',
] as const;

/** What a pack can ask of an app that others rely on. */
export type ReadinessCheck = (typeof readinessChecks)[number];
