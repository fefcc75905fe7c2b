import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A health with its minimum and maximum duration in seconds, and required sentences. */
type Expected = [Health, number, number, ...string[]];

const starting = 'Starting: 0 of 1 pods ready.';
const answers = 'The pod is ready.';
const rolling = 'Rolling out: older pods serve until the new ones are ready.';
const crash =
  'The app exited right after start (exit code 3): The price list is missing';
const recovering =
  'All pods are ready again. The app becomes healthy if they stay ready.';
const gap = 'Some pods were not ready in the last 30 s.';
const silent = 'The pod is running but no longer ready.';

/** A successful start with fourteen calm seconds. */
const well: Expected[] = [
  ['Progressing', 1, 10, starting],
  ['Healthy', 13, 16, answers],
];

/** Expected statuses of each recording, by name. */
export const expectations: Record<string, Expected[]> = {
  'good-rollout': [...well, ['Progressing', 1, 10, rolling], well[1]],
  'image-missing': [
    ['Progressing', 9, 11, starting],
    [
      'Failed',
      30,
      40,
      "The runtime image localhost/bailiwick/absent:1 can't be pulled.",
    ],
    ...well,
  ],
  'crash-loop': [
    ['Progressing', 2, 10, `${crash}. It is restarting.`],
    ['Failed', 50, 60, crash],
    ...well,
  ],
  'crash-once': [
    [
      'Progressing',
      11,
      20,
      starting,
      'The app exited right after start (exit code 3). It is restarting.',
      recovering,
    ],
    ['Healthy', 2, 10, answers],
  ],
  'out-of-memory': [
    [
      'Progressing',
      2,
      10,
      'The app exceeded its memory limit. It is restarting.',
    ],
    ['Failed', 50, 60, 'The app exceeded its memory limit.'],
    ...well,
  ],
  'broken-code': [
    ...well,
    ['Progressing', 4, 8, rolling],
    [
      'Degraded',
      15,
      25,
      "Older pods are still ready. The code can't be loaded: functions.py:1: prices cannot be served: it has no docstring; add one sentence on what it returns",
    ],
    ['Progressing', 1, 10, rolling],
    well[1],
  ],
  'slow-start': [
    ['Progressing', 40, 50, starting],
    ['Healthy', 13, 16, answers],
  ],
  'too-slow-start': [
    ['Progressing', 119, 123, starting],
    ['Failed', 25, 40, 'The pod is running but does not become ready.'],
    ['Degraded', 28, 31, recovering],
    ['Healthy', 15, 30, answers],
  ],
  'roll-back': [
    ...well,
    ['Progressing', 1, 15, rolling],
    ['Degraded', 25, 40, `Older pods are still ready. ${crash}`],
    ['Progressing', 0, 2],
    well[1],
  ],
  scale: [
    ...well,
    ['Progressing', 1, 10, 'Starting: 1 of 3 pods ready.'],
    ['Healthy', 13, 16, 'All 3 pods are ready.'],
    ['Progressing', 0, 2, 'Surplus pods are terminating.'],
    well[1],
  ],
  unschedulable: [
    ['Progressing', 8, 11, starting],
    ['Failed', 18, 25, 'No node has capacity for the pod: not enough CPU.'],
    ...well,
  ],
  quota: [
    ['Progressing', 9, 11, starting],
    [
      'Failed',
      18,
      40,
      'The quota is used up: 100m CPU of 150m CPU used, 100m CPU more needed.',
    ],
    ...well,
  ],
  'one-gap': [
    ['Progressing', 1, 10, starting],
    ['Healthy', 60, 80, answers, gap],
  ],
  flapping: [
    ['Progressing', 1, 10, starting],
    ['Healthy', 40, 50, answers, gap],
    [
      'Degraded',
      60,
      80,
      'The pods repeatedly become unready.',
      recovering,
      silent,
    ],
    ['Healthy', 5, 20, answers],
  ],
  'stops-answering': [
    ['Progressing', 1, 10, starting],
    ['Healthy', 30, 40, answers, gap],
    [
      'Failed',
      15,
      40,
      silent,
      'The app was killed because it was not responding (exit code 137).',
    ],
    ['Degraded', 8, 11, recovering],
    ['Healthy', 10, 40, answers],
  ],
  'one-of-three': [
    ...well,
    ['Progressing', 1, 10, 'Starting: 1 of 3 pods ready.'],
    ['Healthy', 30, 45, 'All 3 pods are ready.', gap],
    [
      'Degraded',
      25,
      50,
      `2 of 3 pods are ready. ${silent}`,
      '2 of 3 pods are ready. The app was killed because it was not responding (exit code 137).',
      recovering,
    ],
    ['Healthy', 30, 90, 'All 3 pods are ready.'],
  ],
  'node-gone': [
    ['Progressing', 1, 10, starting],
    // Kubernetes notices after 40 seconds that the node is silent.
    ['Healthy', 50, 80, answers],
    [
      'Unknown',
      30,
      70,
      'Node bailiwick-test is not reporting (noticed at 18:35:00 UTC); the state of its pods is unknown.',
    ],
    ['Healthy', 20, 50, answers],
  ],
  'cluster-gone': [
    ...well,
    // The node is silent for 25 seconds, without another message.
    ['Progressing', 25, 35, rolling],
    ['Healthy', 10, 16, answers],
  ],
};
