import {
  environmentNamespace,
  type App,
  type AppEnvironment,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches, AppInstance } from '../../../cache';
import { fail, ObstacleError, throwPending, type Workload } from '../workload';
import { resolveArchetype } from './resolveArchetype';
import { resolveBundle } from './resolveBundle';
import { resolveRelease } from './resolveRelease';
import { resolveRuntime } from './resolveRuntime';
import { resolveShape } from './resolveShape';
import { resolveUser } from './resolveUser';

/**
 * Resolves the workload of an app in an environment.
 *
 * @throws ObstacleError when something is missing
 */
export function resolveWorkload(
  caches: Caches,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
): Workload {
  const namespace = resolveNamespace(caches, tenant, app, environment);
  const plan = caches.plans.get(tenant!.spec.plan);
  if (!plan)
    fail(`There is no plan "${tenant!.spec.plan}".`, 'Ask the platform team.');
  const release = resolveRelease(caches, app, environment);
  checkPromoted(caches, tenant!, app, environment);
  const bundle = resolveBundle(caches, app, release);
  const found = resolveArchetype(caches, app, release);
  const runtime = resolveRuntime(caches, found, release);
  const instance: AppInstance = {
    tenant: tenant!.metadata.name,
    environment: environment.name,
    app: app.metadata.name,
    namespace,
  };
  const shape = resolveShape(caches, found, instance, environment);
  return {
    ...instance,
    ...bundle,
    ...runtime,
    requests: plan.spec.perEnvironment.defaultContainer,
    user: resolveUser(
      caches,
      tenant!,
      clusterOf(tenant!, environment),
      instance,
    ),
    ...shape,
    ...scaleOf(environment, shape),
    ...(environment.restartedAt && { restartedAt: environment.restartedAt }),
  };
}

/** Returns the cluster of an environment, which {@link resolveNamespace} has found. */
function clusterOf({ spec }: Tenant, { name }: AppEnvironment): string {
  return spec.environments.find(one => one.name === name)!.cluster;
}

function scaleOf(
  { suspended, replicas }: AppEnvironment,
  { consumer }: Pick<Workload, 'consumer'>,
): Pick<Workload, 'autoscale' | 'replicas' | 'suspended'> {
  if (suspended) return { suspended, replicas: 0 };
  // Two consumers would take each other's messages.
  if (consumer) return { replicas: 1 };
  const { min, max } = replicas ?? { min: 1, max: 1 };
  // The autoscaler cannot scale up from zero.
  const lowest = Math.max(min, 1);
  return lowest < max ? { autoscale: { min: lowest, max } } : { replicas: min };
}

function resolveNamespace(
  { namespaces }: Caches,
  tenant: Tenant | undefined,
  { metadata }: App,
  { name: environment, release }: AppEnvironment,
): string {
  if (!tenant)
    fail(`The namespace ${metadata.namespace} is not the home of a tenant.`);
  const { name } = tenant.metadata;
  const place = tenant.spec.environments.find(one => one.name === environment);
  if (!place) {
    fail(
      `The tenant ${name} has no environment "${environment}".`,
      'Ask for it on the tenant page, or remove it from the app.',
    );
  }
  if (place.protected && !release) {
    // Protecting an environment does not stop the draft that is running there.
    throw new ObstacleError({
      health: 'Failed',
      why: `The environment ${environment} is protected: it takes only releases.`,
      next: 'Publish a release, and choose it for this environment; or take the environment out of the app.',
      meanwhile:
        'The draft from before still answers, and gets no newer commits.',
    });
  }
  const namespace = environmentNamespace(name, environment);
  const found = namespaces.get(namespace);
  if (!found || found.metadata.deletionTimestamp) {
    throwPending(
      `The environment ${environment} of the tenant ${name} is being made.`,
    );
  }
  return namespace;
}

/**
 * Ensures that the release was promoted into a protected environment, by uid, as names can be
 * reused.
 */
function checkPromoted(
  { releases }: Caches,
  { spec }: Tenant,
  { metadata }: App,
  { name, promoted, release }: AppEnvironment,
): void {
  const place = spec.environments.find(one => one.name === name);
  if (!place?.protected || !release) return;
  const found = releases.get(release, metadata.namespace);
  if (promoted !== undefined && found?.metadata.uid === promoted) return;
  throw new ObstacleError({
    health: 'Failed',
    why: `The environment ${name} is protected, and the release "${release}" was not promoted into it.`,
    next: 'Ask for its promotion; or take the environment out of the app.',
    meanwhile: 'What ran before goes on as it is.',
  });
}
