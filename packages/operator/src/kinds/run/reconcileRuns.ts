import {
  applyStatusIfChanged,
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  tenantOfHome,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../../names';
import { isHere, type Scope } from '../../placement';
import { advanceRun } from './advanceRun';
import { adoptJobs, startNewCode } from './createRuns';
import { clearAway, clearUp } from './pruneHistory';
import { groundOf, type Ground } from './checkPrerequisites';
import type { RunScope } from './RunContext';
import { endedStatus, pendingStatus, type RunStatus } from './runStatus';
import { endSteps, pauseSteps } from './steps';
import { isFinished, runsOf } from '../../cache';

/** Milliseconds after which a run is looked at again that waits for what may come without an event. */
const patience = 20_000;

/**
 * Runs what an app of the shape job or dag has to run in one environment: one run after the other,
 * the oldest first.
 *
 * @param key - `<home>/<app>/<environment>`
 */
export async function reconcileRuns(
  scope: Scope,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches } = scope;
  const [home, app, environment] = key.split('/');
  const tenant = tenantOfHome(home) ?? '';
  const namespace = environmentNamespace(tenant, environment);
  // Those of other clusters have controllers of their own, which leave alone what is away.
  if (!isHere(scope, caches.tenants.get(tenant), environment)) return done;
  if (scope.target && !scope.target.isHere) return done;
  const place = { tenant, app, environment, namespace };
  const work: RunScope = { scope, place, home, signal };
  const ground = findGround(work);
  // The app takes its runs along.
  if (!ground) return done;
  // First what makes room: a quota may refuse what comes after it.
  await clearUp(work);
  if (ground.state === 'waiting' && ground.paused) await pauseSteps(work);
  // Before the others are looked at: nothing calls us again for what we write ourselves.
  if (ground.state !== 'none') await adoptJobs(work);
  if (ground.state === 'ready')
    await startNewCode(work, ground.workload.bundle.digest);
  const open = runsOf(caches, home, app, environment).filter(
    run => !isFinished(run) && !run.metadata.deletionTimestamp,
  );
  const waits = await workOff(work, ground, open);
  const isOnItsWay = ground.state === 'waiting' && !ground.paused;
  if (waits || isOnItsWay) return requeueAfter(patience);
  const later =
    ground.state === 'none' && ground.missing
      ? await clearAway(work)
      : undefined;
  return later ? requeueAfter(later) : done;
}

function findGround({ home, place, scope }: RunScope): Ground | undefined {
  const { caches } = scope;
  const { app, environment, tenant } = place;
  const found = caches.apps.get(app, home);
  if (!found)
    return {
      state: 'none',
      why: `The tenant ${tenant} has no app "${app}".`,
      missing: true,
    };
  if (found.metadata.deletionTimestamp) return undefined;
  const wanted = found.spec.environments.find(
    ({ name }) => name === environment,
  );
  return wanted
    ? groundOf(caches, caches.tenants.get(tenant), found, wanted)
    : {
        state: 'none',
        why: `The app ${app} does not run in an environment "${environment}".`,
        missing: true,
      };
}

/** Goes through the runs that are not over; gives whether one of them waits. */
async function workOff(
  work: RunScope,
  ground: Ground,
  runs: Run[],
): Promise<boolean> {
  const { now } = work.scope;
  let ahead = runs.find(hasBegun);
  let waits = false;
  // What has begun goes first: when it ends, another one begins in the same look.
  const inOrder = ahead ? [ahead, ...runs.filter(run => run !== ahead)] : runs;
  for (const run of inOrder) {
    if (run.spec.cancelled) {
      await endSteps(work, run);
      const why =
        run.spec.trigger === 'start'
          ? 'Newer code came.'
          : 'Somebody cancelled it.';
      await write(work, run, endedStatus(run, 'Cancelled', why, now()));
      if (ahead === run) ahead = undefined;
    } else if (ground.state === 'none') {
      await endSteps(work, run);
      await write(work, run, endedStatus(run, 'Failed', ground.why, now()));
    } else if (ahead && ahead !== run) {
      const why = `It waits for the run ${ahead.metadata.name}.`;
      await write(work, run, pendingStatus(run, why));
      waits = true;
    } else {
      const [workload, why] =
        ground.state === 'ready'
          ? [ground.workload, '']
          : [undefined, ground.why];
      const { error, status } = await advanceRun(work, run, workload, why);
      await write(work, run, status);
      if (error) throw error;
      waits ||= status.phase === 'Pending' || status.phase === 'Running';
      ahead = isFinished({ status }) ? undefined : run;
    }
  }
  return waits;
}

function hasBegun({ spec, status }: Run): boolean {
  return status?.phase === 'Running' && !spec.cancelled;
}

async function write(
  { scope: { caches }, signal }: RunScope,
  run: Run,
  status: RunStatus,
): Promise<void> {
  await applyStatusIfChanged(caches.runs, run, status, {
    fieldManager,
    signal,
  });
}
