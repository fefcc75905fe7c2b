import {
  containerKey,
  containerResources,
  resources,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Problem } from './HealthReport';

/** Shortages in messages of the scheduler, and their names for people. */
const shortages: [string, string][] = [
  ...containerResources.map((name): [string, string] => [
    `insufficient ${containerKey(name)}`,
    resources[name].noun,
  ]),
  ['insufficient ephemeral-storage', 'disk space'],
  ['too many pods', 'pods'],
];

/** Explains why a pod cannot be scheduled. @param message - message of the scheduler */
export function schedulingProblem(message = ''): Problem {
  if (/PersistentVolumeClaim/i.test(message))
    return {
      why: 'The results volume is not available yet.',
      next: 'Wait a moment. If the problem persists, contact the platform team.',
    };
  const said = message.toLowerCase();
  const missing = shortages.flatMap(([shortage, noun]) =>
    said.includes(shortage) ? noun : [],
  );
  return missing.length > 0
    ? {
        why: `No node has capacity for the pod: not enough ${missing.join(
          ' and ',
        )}.`,
        next: 'Ask the platform team for more capacity, or reduce the CPU or memory that the app reserves.',
      }
    : {
        why: 'No node accepts the pod: all nodes are full, cordoned or not ready.',
        next: 'Ask the platform team for more capacity.',
      };
}
