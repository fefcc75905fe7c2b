import {
  applyStatusIfChanged,
  coreKinds,
  done,
  ignoreAlreadyExists,
  requeueAfter,
  toInstant,
  type Job,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  bundleName,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCommit,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { deleteObjects } from '../../apply';
import { jobEnd } from '../../cache';
import { supportsUserNamespaces } from '../../inspection';
import { buildLabel, buildsNamespace, fieldManager } from '../../names';
import type { Placement } from '../../placement';
import {
  packagesRepository,
  readBundle,
  type PackagesRepository,
} from '../app';
import { desiredBuildJob, desiredCode, jobName } from './desiredBuildJob';
import { isOpen, queueOf, turnsOf } from './queue';
import { readLog } from './readLog';
import {
  cancelledOutcome,
  logSoFar,
  readOutcome,
  type Outcome,
} from './readOutcome';

/** Maximum number of concurrent builds; each tenant has at most one. */
const maxRunning = 2;
/** Milliseconds between two copies of the log of a running build into its status. */
const logInterval = 2000;
/** Milliseconds until nodes are read again if there is none. */
const nodeInterval = 5000;
/** Milliseconds for which an unreadable log is read again. */
const logPatience = 60_000;

/** Starts the Job of a build when it is its turn, and records the result. */
export async function reconcileBuild(
  placement: Placement,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches } = placement;
  const build = caches.builds.get(key);
  await removeJobs(placement, signal);
  if (!build || !isOpen(build) || build.metadata.deletionTimestamp) return done;
  const job = caches.jobs.get(jobName(build), buildsNamespace);
  if (build.spec.cancelledBy || build.status?.superseded) {
    // The log must not keep the build from being cancelled.
    const log = job && (await readLog(placement, job, signal).catch(() => ''));
    await finish(placement, build, cancelledOutcome(build, log), signal);
    await removeJobs(placement, signal);
    return done;
  }
  const end = job && jobEnd(job);
  if (end) {
    const log = await readLog(placement, job, signal).catch(error => {
      // A log that cannot be read must not keep the build, and others that wait for it.
      const since = Date.parse(end.lastTransitionTime ?? '');
      if (placement.now().getTime() - since < logPatience) throw error;
      return '';
    });
    await finish(placement, build, readOutcome(log, end), signal);
    await removeJobs(placement, signal);
    return done;
  }
  let started: Job | undefined = job;
  if (!started) {
    const repository = packagesRepository(caches);
    if (!repository || !hasTurn(placement, build)) {
      const why = repository
        ? waitingFor(placement, build)
        : 'This installation has no registry for packages.';
      await report(placement, build, { phase: 'Pending', why }, signal);
      return done;
    }
    const support = supportsUserNamespaces(caches.nodes.list());
    const obstacle = obstacleOf(build, repository, support);
    if (obstacle) {
      await finish(placement, build, obstacle, signal);
      return done;
    }
    if (build.spec.image?.dockerfile && support === undefined) {
      const why = 'Waiting for a node.';
      await report(placement, build, { phase: 'Pending', why }, signal);
      return requeueAfter(nodeInterval);
    }
    const isMapped = support ?? false;
    const desired = desiredBuildJob(build, repository, { isMapped });
    // Through the cache, so that a cancellation finds the Job at once.
    started = await caches.jobs.resource
      .create(desired as Job, { signal })
      .catch(ignoreAlreadyExists);
  }
  const problem =
    started && (await provideCode(placement, build, started, signal));
  if (problem) {
    await finish(placement, build, problem, signal);
    await removeJobs(placement, signal);
    return done;
  }
  const startedAt = build.status?.startedAt ?? toInstant(placement.now());
  // A log that cannot be read now is read later.
  const text = started
    ? await readLog(placement, started, signal).catch(() => '')
    : '';
  const log = logSoFar(text) || build.status?.log;
  await report(
    placement,
    build,
    { phase: 'Running', startedAt, ...(log && { log }) },
    signal,
  );
  return requeueAfter(logInterval);
}

/** Returns why a build cannot start. */
function obstacleOf(
  { spec: { image, runtime } }: Build,
  { builder, runtimes }: PackagesRepository,
  hasUserNamespaces: boolean | undefined,
): Outcome | undefined {
  if (!image) return undefined;
  if (runtime.startsWith('localhost/') && !runtimes)
    return {
      phase: 'Failed',
      why: `The runtime image ${runtime} is loaded onto the nodes, and no registry has it.`,
      next: 'Ask the platform team to push it to a registry, or publish a release with a code bundle.',
    };
  if (!image.dockerfile || (builder && hasUserNamespaces !== false))
    return undefined;
  return {
    phase: 'Failed',
    why: builder
      ? 'Dockerfiles are built only on nodes that support user namespaces, and a node of this cluster does not.'
      : 'This installation does not build Dockerfiles.',
    next: 'Ask the platform team, or publish a release with a code bundle, which ignores the Dockerfile.',
  };
}

/** Gives the code to the pod of a build of an image, which waits for it; returns the outcome if there is none. */
async function provideCode(
  { caches, client, hub }: Placement,
  { metadata, spec: { app, commit, image } }: Build,
  job: Job,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  if (!image || caches.configMaps.get(job.metadata.name, buildsNamespace))
    return undefined;
  const name = bundleName(app, commit);
  const found = await readBundle(hub, name, metadata.namespace ?? '', signal);
  if (!found?.archive || found.digest !== image.code)
    return {
      phase: 'Failed',
      why: `The stored code of commit ${formatCommit(
        commit,
      )} differs from the released code.`,
      next: 'Publish a new release.',
    };
  await client
    .resource(coreKinds.configMaps)
    .create(desiredCode(job, found.archive), { signal })
    .catch(ignoreAlreadyExists);
  return undefined;
}

function hasTurn({ caches }: Placement, build: Build): boolean {
  return turnsOf(caches.builds.list(), maxRunning).some(one =>
    isSame(one, build),
  );
}

/** Returns how many builds start before one that waits. */
function waitingFor({ caches }: Placement, build: Build): string {
  const queue = queueOf(caches.builds.list());
  const ahead = queue.findIndex(one => isSame(one, build));
  return `Waiting for ${formatCount(ahead, 'build')}.`;
}

function isSame(one: Build, other: Build): boolean {
  return one.metadata.uid === other.metadata.uid;
}

/** Deletes the Jobs of builds that ended or were deleted. */
async function removeJobs(
  { caches: { builds, jobs } }: Placement,
  signal: AbortSignal,
): Promise<void> {
  const open = new Set(
    builds
      .list()
      .filter(isOpen)
      .map(({ metadata }) => metadata.uid),
  );
  const surplus = jobs
    .list()
    .filter(
      ({ metadata }) =>
        metadata.namespace === buildsNamespace &&
        metadata.labels?.[buildLabel] &&
        !open.has(metadata.labels[buildLabel]),
    );
  await deleteObjects(jobs, surplus, signal);
}

async function finish(
  placement: Placement,
  build: Build,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<void> {
  const finishedAt = toInstant(placement.now());
  // If the pod was deleted, only the copied log remains.
  const { log, startedAt } = build.status ?? {};
  await report(
    placement,
    build,
    { startedAt, ...(log && { log }), ...outcome, finishedAt },
    signal,
  );
}

async function report(
  { caches: { builds } }: Placement,
  build: Build,
  status: NonNullable<Build['status']>,
  signal: AbortSignal,
): Promise<void> {
  await applyStatusIfChanged(builds, build, status, { fieldManager, signal });
}
