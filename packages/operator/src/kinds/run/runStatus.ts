import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isEnded, type Step } from './readStep';

/** Status of a run. */
export type RunStatus = NonNullable<Run['status']>;
/** Names of the steps that a step needs. */
export type NeedsOf = (step: string) => string[];

/** Cancels the steps that need a failed or cancelled one. */
export function cancelDependents(steps: Step[], needsOf: NeedsOf): Step[] {
  const lost = (name: string) =>
    steps.some(
      step =>
        step.name === name &&
        (step.phase === 'Failed' || step.phase === 'Cancelled'),
    );
  let changed = false;
  const next = steps.map((step): Step => {
    const cause = needsOf(step.name).find(lost);
    if (step.phase !== 'Pending' || cause === undefined) return step;
    changed = true;
    const why = `Step ${cause} did not succeed.`;
    return { name: step.name, phase: 'Cancelled', why };
  });
  return changed ? cancelDependents(next, needsOf) : next;
}

/** Whether a step can start. */
export function isDue(step: Step, steps: Step[], needsOf: NeedsOf): boolean {
  const succeeded = (name: string) =>
    steps.some(one => one.name === name && one.phase === 'Succeeded');
  return step.phase === 'Pending' && needsOf(step.name).every(succeeded);
}

/** Returns the status of a started run from its steps. */
export function statusOfSteps(
  { metadata, status }: Run,
  steps: Step[],
  begun: Pick<RunStatus, 'commit' | 'digest'>,
  now: Date,
): RunStatus {
  const observedGeneration = metadata.generation ?? 0;
  const startedAt =
    status?.startedAt ?? steps.find(one => one.startedAt)?.startedAt;
  const common = { observedGeneration, startedAt, ...begun, steps };
  if (!steps.every(isEnded))
    return { ...common, phase: 'Running', why: progress(steps) };
  const failed = steps.find(({ phase }) => phase === 'Failed');
  const finishedAt = status?.finishedAt ?? lastEnd(steps) ?? toInstant(now);
  return failed
    ? {
        ...common,
        phase: 'Failed',
        why: steps.length === 1 ? failed.why : `${failed.name}: ${failed.why}`,
        finishedAt,
      }
    : { ...common, phase: 'Succeeded', why: done(steps), finishedAt };
}

/** Returns the status of a pending run. */
export function pendingStatus({ metadata }: Run, why: string): RunStatus {
  return {
    observedGeneration: metadata.generation ?? 0,
    phase: 'Pending',
    why,
  };
}

/** Returns the status of a run that ended before all its steps. */
export function endedStatus(
  { metadata, status }: Run,
  phase: 'Cancelled' | 'Failed',
  why: string,
  now: Date,
): RunStatus {
  const finishedAt = toInstant(now);
  return {
    ...status,
    observedGeneration: metadata.generation ?? 0,
    phase,
    why,
    finishedAt,
    ...(status?.steps && {
      steps: status.steps.map(step => {
        const { why: _hint, ...rest } = step;
        return isEnded(step)
          ? step
          : {
              ...rest,
              phase: 'Cancelled' as const,
              ...(step.startedAt && { finishedAt }),
            };
      }),
    }),
  };
}

function progress(steps: Step[]): string {
  const told = steps.find(({ phase, why }) => phase === 'Running' && why);
  if (told) return `${told.name}: ${told.why}`;
  const waiting = steps.find(({ phase, why }) => phase === 'Pending' && why);
  if (waiting) return `${waiting.name}: ${waiting.why}`;
  const ended = steps.filter(isEnded).length;
  return steps.length === 1
    ? 'Running.'
    : `${ended} of ${steps.length} steps completed.`;
}

function done(steps: Step[]): string {
  return steps.length === 1
    ? 'Succeeded.'
    : `All ${steps.length} steps succeeded.`;
}

function lastEnd(steps: Step[]): string | undefined {
  return steps
    .flatMap(({ finishedAt }) => finishedAt ?? [])
    .sort()
    .at(-1);
}
