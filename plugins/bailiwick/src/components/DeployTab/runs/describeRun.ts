import type {
  App,
  Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { WorkView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import cronstrue from 'cronstrue';

/** When an app runs, in words: `At 06:15 (UTC) in dev; …`. */
export function describeSchedules(schedules: WorkView['schedules']): string {
  if (schedules.length === 0)
    return 'Runs when new code is deployed or someone starts a run.';
  const each = schedules.map(
    ({ environment, schedule }) =>
      `${wordsOf(schedule)} (UTC) in ${environment}`,
  );
  return `${each.join(
    '; ',
  )}; also when new code is deployed or someone starts a run.`;
}

function wordsOf(schedule: string): string {
  try {
    return cronstrue.toString(schedule, { use24HourTimeFormat: true });
  } catch {
    return schedule;
  }
}

/** Describes where the results of runs are stored. */
export function describeResultsPlace({
  results,
}: Pick<App['spec'], 'results'>): string {
  return results
    ? `Results are stored in the S3 bucket of connection ${results.connection}.`
    : 'Results are stored on a volume in each environment.';
}

/** Describes the result or progress of a run, with the reason if there is one. */
export function describeOutcome({ spec, status }: Run): string {
  const phase = status?.phase ?? 'Pending';
  const ends = spec.cancelled && !status?.finishedAt;
  const word = ends ? 'Canceling' : wordOf(phase);
  const isWell = phase === 'Succeeded';
  return status?.why && !isWell ? `${word}: ${status.why}` : word;
}

/** Formats the duration of a run: `8 s`, `3 min`; a dash while it is in progress. */
export function formatRunDuration({ status }: Pick<Run, 'status'>): string {
  if (!status?.startedAt || !status.finishedAt) return '–';
  const seconds =
    (Date.parse(status.finishedAt) - Date.parse(status.startedAt)) / 1000;
  return seconds < 120
    ? withUnit(Math.max(1, Math.round(seconds)), 's')
    : withUnit(Math.round(seconds / 60), 'min');
}

/** Describes the result of each step: `reads 400 rows, quality running`. */
export function describeSteps({ status }: Run): string {
  const steps = (status?.steps ?? []).map(({ name, phase, rows }) =>
    rows === undefined
      ? `${name} ${wordOf(phase).toLowerCase()}`
      : `${name} ${formatCount(rows, 'row')}`,
  );
  return steps.join(', ') || '–';
}

/** The word for a phase of a run or step, in American spelling. */
function wordOf(phase: string): string {
  return phase === 'Cancelled' ? 'Canceled' : phase;
}
