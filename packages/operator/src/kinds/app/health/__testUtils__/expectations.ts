import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A health, for how many seconds at least and at most, and sentences that are said meanwhile. */
type Expected = [Health, number, number, ...string[]];

const starting = 'Starting: 0 of 1 pods ready.';
const answers = 'The pod answers.';
const rolling = 'Rolling out: older pods answer until the new ones are ready.';
const crash =
  'The app ended right after its start (exit code 3): The price list is missing';
const recovering =
  'It answers now, and counts as healthy once it has for a while.';
const gap = 'Not all pods answered all the time in the last half minute.';
const silent = 'The pod runs and does not answer any more.';

/** A start that goes well, and fourteen calm seconds. */
const well: Expected[] = [
  ['Progressing', 1, 10, starting],
  ['Healthy', 13, 16, answers],
];

/** What must be said of each recording, by its name. */
export const expectations: Record<string, Expected[]> = {
  'good-rollout': [...well, ['Progressing', 1, 10, rolling], well[1]],
  'image-missing': [
    ['Progressing', 9, 11, starting],
    [
      'Failed',
      30,
      40,
      'The runtime image localhost/bailiwick/absent:1 cannot be loaded.',
    ],
    ...well,
  ],
  'crash-loop': [
    ['Progressing', 2, 10, `${crash}. It is started anew.`],
    ['Failed', 50, 60, crash],
    ...well,
  ],
  'crash-once': [
    [
      'Progressing',
      11,
      20,
      starting,
      'The app ended right after its start (exit code 3). It is started anew.',
      recovering,
    ],
    ['Healthy', 2, 10, answers],
  ],
  'out-of-memory': [
    [
      'Progressing',
      2,
      10,
      'The app used more memory than it may. It is started anew.',
    ],
    ['Failed', 50, 60, 'The app used more memory than it may.'],
    ...well,
  ],
  'broken-code': [
    ...well,
    ['Progressing', 4, 8, rolling],
    [
      'Degraded',
      15,
      25,
      'Older pods still answer. The code could not be loaded: functions.py:1: prices cannot be served: it has no docstring; add one sentence on what it returns',
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
    ['Failed', 25, 40, 'The pod runs and does not get ready.'],
    ['Degraded', 28, 31, recovering],
    ['Healthy', 15, 30, answers],
  ],
  'roll-back': [
    ...well,
    ['Progressing', 1, 15, rolling],
    ['Degraded', 25, 40, `Older pods still answer. ${crash}`],
    ['Progressing', 0, 2],
    well[1],
  ],
  scale: [
    ...well,
    ['Progressing', 1, 10, 'Starting: 1 of 3 pods ready.'],
    ['Healthy', 13, 16, 'All 3 pods answer.'],
    ['Progressing', 0, 2, 'Pods that are not wanted any more end.'],
    well[1],
  ],
  unschedulable: [
    ['Progressing', 8, 11, starting],
    [
      'Failed',
      18,
      25,
      'No machine has room for the pod: too little processor time is free.',
    ],
    ...well,
  ],
  quota: [
    ['Progressing', 9, 11, starting],
    [
      'Failed',
      18,
      40,
      'The quota of the environment is used up: 100m CPU of 150m CPU in use, 100m CPU more needed.',
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
      'The pods stop answering again and again.',
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
      'The app was ended because it did not answer (exit code 137).',
    ],
    ['Degraded', 8, 11, recovering],
    ['Healthy', 10, 40, answers],
  ],
  'one-of-three': [
    ...well,
    ['Progressing', 1, 10, 'Starting: 1 of 3 pods ready.'],
    ['Healthy', 30, 45, 'All 3 pods answer.', gap],
    [
      'Degraded',
      25,
      50,
      `2 of 3 pods answer. ${silent}`,
      '2 of 3 pods answer. The app was ended because it did not answer (exit code 137).',
      recovering,
    ],
    ['Healthy', 30, 90, 'All 3 pods answer.'],
  ],
  'node-gone': [
    ['Progressing', 1, 10, starting],
    // Kubernetes notices after 40 seconds that the node is silent.
    ['Healthy', 50, 80, answers],
    [
      'Unknown',
      30,
      70,
      'The machine bailiwick-test does not report (noticed at 18:35:00 UTC), so it is not known whether its pods answer.',
    ],
    ['Healthy', 20, 50, answers],
  ],
  'cluster-gone': [
    ...well,
    // Nothing is heard for 25 seconds, and nothing else is said.
    ['Progressing', 25, 35, rolling],
    ['Healthy', 10, 16, answers],
  ],
};
