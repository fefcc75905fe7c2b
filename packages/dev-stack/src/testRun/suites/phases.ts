import { benchmarks } from './benchmarks';
import { endToEnd } from './endToEnd';
import { examples } from './examples';
import { go } from './go';
import { integration, unit } from './jest';
import { lint, types } from './lint';
import { programs } from './programs';
import { python } from './python';
import type { Lane } from '../runSuites';

/**
 * Phases of the whole run, each with lanes that run in parallel. The end-to-end tests have the machine almost to
 * themselves: what they wait for takes processor time, so each delay makes the next one longer.
 */
export const phases: Lane[][] = [
  [{ suites: [unit] }, { suites: [python, examples] }],
  [{ suites: [integration, benchmarks] }],
  [{ suites: [endToEnd] }],
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
