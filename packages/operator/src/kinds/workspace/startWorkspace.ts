import type { Job } from '@bailiwick/backstage-kube-controller';
import type { Workspace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../placement';
import {
  desiredWorkspaceJob,
  desiredWorkspaceVolume,
  secretsOf,
} from '../app/desired';
import { secretCopiesOf } from '../app/phases';
import { resolveUser, resolveWorkload } from '../app/resolve';
import { throwPending, type Workload } from '../app/workload';
import { quotaProblemIn } from '../tenant/quotaProblemIn';
import type { WorkspacePlace } from './findPlace';
import { namesOf } from './names';
import { requireTools } from './requireTools';

/**
 * Starts the Job of a workspace unless it runs.
 *
 * @returns the Job; `undefined` if the cache does not have it yet
 * @throws ObstacleError when something is missing
 */
export async function startWorkspace(
  placement: Placement,
  workspace: Workspace,
  place: WorkspacePlace,
  signal: AbortSignal,
): Promise<Job | undefined> {
  const { applier, caches } = placement;
  const names = namesOf(workspace);
  const existing = caches.jobs.get(names.job, place.namespace);
  if (existing) return existing;
  const workload = resolve(placement, workspace, place, names.volume);
  const tools = await requireTools(placement, workload, signal);
  checkDeployed(placement, workload);
  await applier.apply(
    [desiredWorkspaceVolume(workspace, workload, names)],
    signal,
  );
  const problem = quotaProblemIn(caches, workload);
  if (problem)
    throwPending(problem, 'Stop another workspace, or request a larger plan.');
  await applier.apply(
    [desiredWorkspaceJob(workspace, workload, names, tools)],
    signal,
  );
  return caches.jobs.get(names.job, place.namespace);
}

/** Resolves the workload of the app, with the size and the volume of the workspace. */
function resolve(
  { caches }: Placement,
  { spec }: Workspace,
  { app, cluster, environment, tenant }: WorkspacePlace,
  volume: string,
): Workload {
  const workload = resolveWorkload(caches, tenant, app, environment);
  const { cpu, memory } = spec;
  // The owner of the files on a volume is remembered with that volume.
  const claim = { ...workload, app: volume };
  return {
    ...workload,
    limits: { ...workload.limits, cpu, memory },
    requests: { ...workload.requests, memory },
    user: resolveUser(caches, tenant, cluster, claim, true),
  };
}

/** Ensures that the account, Secrets and packages of the app exist. */
function checkDeployed({ caches }: Placement, workload: Workload): void {
  const { app, environment, namespace, packages } = workload;
  const copies = secretCopiesOf(caches, workload);
  const isComplete =
    caches.children.ServiceAccount.get(app, namespace) &&
    secretsOf(workload).every(({ secret }) => copies.includes(secret.copy));
  if (!isComplete) throwPending(`The app is starting in ${environment}.`);
  if (packages?.wanted) throwPending('Packages are being installed.');
}
