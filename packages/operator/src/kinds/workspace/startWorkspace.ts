import type { Job } from '@bailiwick/backstage-kube-controller';
import {
  tenantOfHome,
  type Workspace,
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
import { suspensionOf } from '../app/suspension';
import { throwFailed, throwPending, type Workload } from '../app/workload';
import { limitsName } from '../tenant/desired';
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
  signal: AbortSignal,
): Promise<Job | undefined> {
  const { applier, caches } = placement;
  const names = namesOf(workspace);
  const workload = resolve(placement, workspace, names.volume);
  const existing = caches.jobs.get(names.job, workload.namespace);
  if (existing) return existing;
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

function resolve(
  { caches }: Placement,
  { metadata, spec }: Workspace,
  volume: string,
): Workload {
  const home = metadata.namespace ?? '';
  const tenant = caches.tenants.get(tenantOfHome(home) ?? '');
  const suspension = suspensionOf(tenant, spec.environment);
  if (suspension) throwFailed(suspension.why, suspension.next);
  const app = caches.apps.get(spec.app, home);
  const environment = app?.spec.environments.find(
    ({ name }) => name === spec.environment,
  );
  const place = tenant?.spec.environments.find(
    ({ name }) => name === spec.environment,
  );
  if (!tenant || !app || !environment)
    throwFailed(
      `App ${spec.app} is not deployed in environment "${spec.environment}".`,
      'Deploy it there, or delete the workspace and create one in another environment.',
    );
  if (!place || place.protected)
    throwFailed(
      `Environment ${spec.environment} is protected and accepts only releases.`,
      'Delete the workspace, and create one in another environment.',
    );
  const workload = resolveWorkload(caches, tenant, app, environment);
  const claim = { ...workload, app: volume };
  const user = resolveUser(caches, tenant, place.cluster, claim, true);
  return { ...workload, user };
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
