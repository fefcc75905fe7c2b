import { ignoreNotFound } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { refusalMessage } from '../../apply';
import { digestOfJob, jobsOf, nodeOf, runOfJob } from '../../cache';
import type { RunningWorkload } from '../app/desired';
import { bundleCopyName } from '../app/workload';
import { quotaProblemIn } from '../tenant/quotaProblemIn';
import { protectionProblem } from './protection';
import { isEnded, readStep, type Step } from './readStep';
import type { RunContext } from './RunContext';
import {
  endedStatus,
  cancelDependents,
  isDue,
  pendingStatus,
  statusOfSteps,
  type NeedsOf,
  type RunStatus,
} from './runStatus';
import { startStep, stopSteps, jobOfStep, nameOfJob, podsOfJob } from './steps';

/** Outcome of a run. */
export interface RunOutcome {
  status: RunStatus;
  /** Error to retry after. */
  error?: unknown;
}

/**
 * Reads the progress of a run and starts the steps that are due.
 *
 * @param workload - absent when no step may start now
 * @param why - why no step may start
 */
export async function advanceRun(
  context: RunContext,
  run: Run,
  workload: RunningWorkload | undefined,
  why: string,
): Promise<RunOutcome> {
  const { now } = context.placement;
  const before = run.status?.steps ?? stepsOf(workload);
  const seen = await readSteps(context, run, before, workload);
  const plan = workload?.run.steps ?? [];
  const needsOf: NeedsOf = name =>
    plan.find(step => step.function === name)?.needs ?? [];
  const steps = cancelDependents(seen, needsOf);
  const begun = startedCodeOf(context, run);
  const code = begun ?? {
    commit: workload?.commit,
    digest: workload?.bundle.digest,
  };
  const late = isOutdated(context, run, code.digest)
    ? 'Superseded by newer code.'
    : begun?.digest && protectionProblem(context, begun.digest);
  if (late) {
    await stopSteps(context, run);
    return { status: endedStatus(run, 'Cancelled', late, now()) };
  }
  if (workload && !steps.every(isEnded) && !areSame(steps, plan)) {
    await stopSteps(context, run);
    const other = 'The steps of the archetype changed; start a new run.';
    return { status: endedStatus(run, 'Failed', other, now()) };
  }
  if (await hasLostJob(context, run)) {
    const lost = 'The Job was deleted before it ended.';
    return { status: endedStatus(run, 'Failed', lost, now()) };
  }
  let obstacle = why;
  let error: unknown;
  for (const [position, step] of steps.entries()) {
    if (!isDue(step, steps, needsOf)) continue;
    const pinned = workload && pinCode(workload, code);
    const problem = pinned
      ? quotaProblemIn(context.placement.caches, pinned)
      : why;
    if (!pinned || problem) {
      obstacle = problem ?? why;
      steps[position] = { ...step, why: obstacle };
      continue;
    }
    try {
      await startStep(context, pinned, run, { name: step.name, position });
      steps[position] = { name: step.name, phase: 'Running' };
    } catch (cause) {
      error = cause;
      obstacle = refusalMessage(cause);
      steps[position] = { ...step, why: obstacle };
    }
  }
  const hasBegun = steps.some(({ phase }) => phase !== 'Pending');
  return {
    error,
    status: hasBegun
      ? statusOfSteps(
          run,
          await withStartTimes(context, run, steps),
          code,
          now(),
        )
      : pendingStatus(run, obstacle),
  };
}

function stepsOf(workload: RunningWorkload | undefined): Step[] {
  return (workload?.run.steps ?? []).map(step => ({
    name: step.function,
    phase: 'Pending',
  }));
}

function areSame(steps: Step[], plan: { function: string }[]): boolean {
  const names = new Set(steps.map(({ name }) => name));
  return (
    names.size === plan.length && plan.every(step => names.has(step.function))
  );
}

/** Returns the code of a run; its Jobs have it before its status. */
function startedCodeOf(
  { instance, placement: { caches } }: RunContext,
  { metadata, status }: Run,
): Pick<RunStatus, 'commit' | 'digest'> | undefined {
  if (status?.digest) return { commit: status.commit, digest: status.digest };
  const job = jobsOf(caches, instance).find(
    one => runOfJob(one) === metadata.name && !one.spec?.suspend,
  );
  const commit = job?.spec?.template?.metadata?.labels?.[labels.commit];
  return job && { commit, digest: digestOfJob(job) };
}

async function readSteps(
  context: RunContext,
  run: Run,
  before: Step[],
  workload: RunningWorkload | undefined,
): Promise<Step[]> {
  return Promise.all(
    before.map(async (step, position) => {
      const job = jobOfStep(context, run, position);
      // A scheduled Job is suspended until its run starts.
      if (!job || job.spec?.suspend) return resetStep(step);
      const pods = await podsOfJob(context, job);
      return readStep(step, {
        job,
        pods,
        nodeOf: pod => nodeOf(context.placement.caches, pod),
        quotaProblem:
          workload && quotaProblemIn(context.placement.caches, workload),
      });
    }),
  );
}

/**
 * Returns a step without a Job as pending. A step whose Job was deleted before it ended is started
 * again, which is safe, as steps write their results atomically.
 */
function resetStep(step: Step): Step {
  return isEnded(step) ? step : { name: step.name, phase: 'Pending' };
}

/** Adds the start times of steps that have just started. */
async function withStartTimes(
  context: RunContext,
  run: Run,
  steps: Step[],
): Promise<Step[]> {
  return steps.map((step, position) => {
    if (step.phase !== 'Running' || step.startedAt) return step;
    const job = jobOfStep(context, run, position);
    const startedAt = job?.status?.startTime ?? job?.metadata.creationTimestamp;
    return { ...step, ...(startedAt && { startedAt }) };
  });
}

/** Pins all steps of a run to the code with which it started. */
function pinCode(
  workload: RunningWorkload,
  { commit, digest }: Pick<RunStatus, 'commit' | 'digest'>,
): RunningWorkload {
  const { app, bundle } = workload;
  if (!commit || !digest || digest === bundle.digest) return workload;
  const copy = bundleCopyName(app, digest);
  return {
    ...workload,
    commit,
    bundle: { ...bundle, copy, digest },
    // The image of a newer release contains other code.
    isSelfContained: false,
  };
}

/** Whether the Job of a run that has not started has outdated code. */
function isOutdated(
  context: RunContext,
  run: Run,
  digest: string | undefined,
): boolean {
  if (run.spec.trigger !== 'schedule' || !digest) return false;
  const job = jobOfStep(context, run, 0);
  return job?.spec?.suspend === true && digestOfJob(job) !== digest;
}

/** Whether the scheduled Job was deleted; it cannot be recreated. */
async function hasLostJob(context: RunContext, run: Run): Promise<boolean> {
  if (run.spec.trigger !== 'schedule' || jobOfStep(context, run, 0))
    return false;
  const { instance, placement, signal } = context;
  const found = await placement.caches.jobs.resource
    .get(nameOfJob(run, 0), { namespace: instance.namespace, signal })
    .catch(ignoreNotFound);
  return found === undefined;
}
