import type { Problem } from './HealthReport';

/** Shortages in messages of the scheduler, and their names for people. */
const shortages: [RegExp, string][] = [
  [/insufficient cpu/i, 'processor time'],
  [/insufficient memory/i, 'memory'],
  [/insufficient ephemeral-storage/i, 'disk space'],
  [/too many pods/i, 'places for pods'],
];

/** Explains why a pod cannot be scheduled. @param message - message of the scheduler */
export function schedulingProblem(message = ''): Problem {
  if (/PersistentVolumeClaim/i.test(message))
    return {
      why: 'The volume for the results is not there yet.',
      next: 'Wait a moment; if it stays so, ask the platform team.',
    };
  const missing = shortages.flatMap(([pattern, words]) =>
    pattern.test(message) ? words : [],
  );
  return missing.length > 0
    ? {
        why: `No machine has room for the pod: too little ${missing.join(
          ' and ',
        )} is free.`,
        next: 'Ask the platform team for capacity, or ask for less.',
      }
    : {
        why: 'No machine takes the pod: each is full, closed or does not answer.',
        next: 'Ask the platform team.',
      };
}
