import { benchmarks } from './benchmarks';
import { endToEnd } from './endToEnd';
import { examples } from './examples';
import { go } from './go';
import { integration, portalIntegration, unit } from './jest';
import { lint, types } from './lint';
import { programs } from './programs';
import { python } from './python';
import type { Lane } from '../runSuites';

/**
 * Phases of the whole run, each with lanes that run in parallel. The end-to-end tests have deadlines and often wait;
 * the lane beside them uses the remaining processor time.
 */
export const phases: Lane[][] = [
  [{ suites: [unit] }, { suites: [python, examples] }],
  [{ suites: [integration] }],
  [
    { suites: [endToEnd] },
    { suites: [portalIntegration, benchmarks], priority: 'low' },
  ],
];

/** Suites without deadlines, which run beside all phases. */
export const leftOver: Lane = {
  suites: [programs, go, types, lint],
  priority: 'lowest',
};

/** All suites. */
export const suites = [leftOver, ...phases.flat()].flatMap(lane => lane.suites);
/** Names of the parts of the test run, in alphabetical order. */
export const groups = [...new Set(suites.map(({ group }) => group))].sort();
