import {
  applyStatusIfChanged,
  coreKinds,
  done,
  ignoreAlreadyExists,
  keyOf,
  toInstant,
  type Job,
  type Pod,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  bundleName,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
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
import { readOutcome, type Outcome } from './readOutcome';

/** Maximum number of concurrent builds; each tenant has at most one. */
const maxRunning = 2;
/** Milliseconds for which an unreadable log is read again. */
const logPatience = 60_000;
/** Maximum size of a log in bytes; the result is its last line. */
const maxLogBytes = 512 * 1024;

/** Whether a build has not ended. */
export function isOpen({ status }: Build): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** Starts the Job of a build when it is its turn, and records the result. */
export async function reconcileBuild(
  placement: Placement,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, client } = placement;
  const build = caches.builds.get(key);
  await removeJobs(placement, signal);
  if (!build || !isOpen(build) || build.metadata.deletionTimestamp) return done;
  const job = caches.jobs.get(jobName(build), buildsNamespace);
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
        ? 'Waiting for other builds to finish.'
        : 'This installation has no registry for packages.';
      await report(placement, build, { phase: 'Pending', why }, signal);
      return done;
    }
    const obstacle = obstacleOf(build, repository);
    if (obstacle) {
      await finish(placement, build, obstacle, signal);
      return done;
    }
    const isMapped = supportsUserNamespaces(caches.nodes.list()) ?? false;
    const desired = desiredBuildJob(build, repository, { isMapped });
    started = await client
      .resource<Job>(coreKinds.jobs)
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
  await report(placement, build, { phase: 'Running', startedAt }, signal);
  return done;
}

/** Returns why a build cannot start. */
function obstacleOf(
  { spec: { image, runtime } }: Build,
  { runtimes }: PackagesRepository,
): Outcome | undefined {
  return image && runtime.startsWith('localhost/') && !runtimes
    ? {
        phase: 'Failed',
        why: `The runtime image ${runtime} is loaded onto the nodes, and no registry has it.`,
        next: 'Ask the platform team to push it to a registry, or publish a release with a code bundle.',
      }
    : undefined;
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
      why: `The stored code of commit ${commit.slice(
        0,
        8,
      )} differs from the released code.`,
      next: 'Publish a new release.',
    };
  await client
    .resource(coreKinds.configMaps)
    .create(desiredCode(job, found.archive), { signal })
    .catch(ignoreAlreadyExists);
  return undefined;
}

function hasTurn({ caches }: Placement, { metadata }: Build): boolean {
  return turnsOf(caches.builds.list())
    .slice(0, maxRunning)
    .some(build => build.metadata.uid === metadata.uid);
}

/**
 * Returns the next build of each tenant with open builds: first those that run, then those of tenants whose last build
 * ended the longest time ago, so that a tenant with many builds does not hold up others.
 */
export function turnsOf(builds: readonly Build[]): Build[] {
  const lastEnd = new Map<string, string>();
  for (const { metadata, status } of builds) {
    const tenant = metadata.namespace ?? '';
    const end = status?.finishedAt ?? '';
    if (end > (lastEnd.get(tenant) ?? '')) lastEnd.set(tenant, end);
  }
  const firsts = new Map<string, Build>();
  for (const build of builds.filter(isOpen).sort(byProgressAndAge)) {
    const tenant = build.metadata.namespace ?? '';
    if (!firsts.has(tenant)) firsts.set(tenant, build);
  }
  const endOf = ({ metadata }: Build) =>
    lastEnd.get(metadata.namespace ?? '') ?? '';
  return [...firsts.values()].sort(
    (a, b) =>
      Number(isRunning(b)) - Number(isRunning(a)) ||
      endOf(a).localeCompare(endOf(b)) ||
      byProgressAndAge(a, b),
  );
}

function byProgressAndAge(a: Build, b: Build): number {
  return (
    Number(isRunning(b)) - Number(isRunning(a)) ||
    ageOf(a).localeCompare(ageOf(b)) ||
    keyOf(a).localeCompare(keyOf(b))
  );
}

function isRunning({ status }: Build): boolean {
  return status?.phase === 'Running';
}

function ageOf({ metadata }: Build): string {
  return metadata.creationTimestamp ?? '';
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

/** Reads the log of the last pod of a Job; empty if there is none. */
async function readLog(
  { client }: Placement,
  { metadata }: Job,
  signal: AbortSignal,
): Promise<string> {
  const labelSelector = `${buildLabel}=${metadata.labels?.[buildLabel]}`;
  const pods = await client
    .resource<Pod>(coreKinds.pods)
    .list({ namespace: buildsNamespace, labelSelector, signal });
  const ended = pods
    .filter(({ status }) => status?.containerStatuses?.[0]?.state?.terminated)
    .sort((a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(
        a.metadata.creationTimestamp ?? '',
      ),
    );
  if (ended.length === 0) return '';
  return client.request<string>({
    path: `/api/v1/namespaces/${buildsNamespace}/pods/${ended[0].metadata.name}/log`,
    query: { tailLines: 1000 },
    maxBytes: maxLogBytes,
    signal,
  });
}

async function finish(
  placement: Placement,
  build: Build,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<void> {
  const finishedAt = toInstant(placement.now());
  const { startedAt } = build.status ?? {};
  await report(placement, build, { startedAt, ...outcome, finishedAt }, signal);
}

async function report(
  { caches: { builds } }: Placement,
  build: Build,
  status: NonNullable<Build['status']>,
  signal: AbortSignal,
): Promise<void> {
  await applyStatusIfChanged(builds, build, status, { fieldManager, signal });
}
