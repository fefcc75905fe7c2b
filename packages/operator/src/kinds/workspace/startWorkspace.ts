import type { Job } from '@bailiwick/backstage-kube-controller';
import type {
  Tenant,
  Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  containerRequests,
  quotaProblem,
  readQuota,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Placement } from '../../placement';
import {
  desiredWorkspaceJob,
  desiredWorkspaceVolume,
  secretsOf,
} from '../app/desired';
import { secretCopiesOf } from '../app/phases';
import { resolveUser, resolveWorkload } from '../app/resolve';
import { throwPending, type Workload } from '../app/workload';
import { limitsName } from '../tenant/desired';
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
  const { app, environment, namespace, tenant } = place;
  const existing = caches.jobs.get(names.job, namespace);
  if (existing) return existing;
  const workload = withOwnVolume(
    placement,
    tenant,
    resolveWorkload(caches, tenant, app, environment),
    names.volume,
  );
  const tools = await requireTools(placement, workload, signal);
  checkDeployed(placement, workload);
  await applier.apply(
    [desiredWorkspaceVolume(workspace, workload, names)],
    signal,
  );
  checkQuota(placement, workspace, workload);
  await applier.apply(
    [desiredWorkspaceJob(workspace, workload, names, tools)],
    signal,
  );
  return caches.jobs.get(names.job, workload.namespace);
}

/** The owner of the files on a volume is remembered with the volume of the workspace, not that of the app. */
function withOwnVolume(
  { caches }: Placement,
  tenant: Tenant,
  workload: Workload,
  volume: string,
): Workload {
  const { environment } = workload;
  const { cluster } = tenant.spec.environments.find(
    ({ name }) => name === environment,
  )!;
  const claim = { ...workload, app: volume };
  return {
    ...workload,
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

/** @throws ObstacleError when the quota has no room, which changes when something else stops */
function checkQuota(
  { caches }: Placement,
  { spec }: Workspace,
  { environment, limits, namespace, requests }: Workload,
): void {
  const quota = caches.quotas.get(limitsName, namespace);
  const { hard = {}, used = {} } = quota?.status ?? {};
  const { cpu, memory } = spec;
  const problem = quotaProblem(
    environment,
    { limit: readQuota(hard), used: readQuota(used) },
    containerRequests({ ...limits, cpu, memory }, { ...requests, memory }),
  );
  if (problem)
    throwPending(problem, 'Stop another workspace, or request a larger plan.');
}
