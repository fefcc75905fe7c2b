import {
  environmentNamespace,
  type App,
  type AppEnvironment,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches, AppInstance } from '../../../cache';
import {
  throwFailed,
  ObstacleError,
  throwPending,
  type Workload,
} from '../workload';
import { resolveArchetype } from './resolveArchetype';
import { resolveBundle } from './resolveBundle';
import { resolveBucket } from './resolveConnections';
import { allowedPackages, resolvePackages } from './resolvePackages';
import { resolveImage, resolveRelease } from './resolveRelease';
import { resolveRuntime } from './resolveRuntime';
import { resolveShape } from './resolveShape';
import { resolveUser } from './resolveUser';

/**
 * Resolves the workload of an app in an environment.
 *
 * @param instanceName - name of its objects, by default that of the app
 * @throws ObstacleError when something is missing
 */
export function resolveWorkload(
  caches: Caches,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
  instanceName = app.metadata.name,
): Workload {
  if (!tenant)
    throwFailed(
      `Namespace ${app.metadata.namespace} is not the home namespace of a tenant.`,
    );
  const place = findPlace(tenant, environment);
  const namespace = resolveNamespace(caches, tenant, environment);
  const plan = caches.plans.get(tenant.spec.plan);
  if (!plan)
    throwFailed(
      `Plan "${tenant.spec.plan}" was not found.`,
      'Request another plan on the tenant page, or ask the platform team to restore this one.',
    );
  const release = resolveRelease(caches, app, environment);
  if (place.protected) checkPromoted(caches, app, environment);
  const bundle = resolveBundle(caches, app, release?.spec, instanceName);
  const found = resolveArchetype(caches, app, release?.spec);
  const runtime = resolveRuntime(caches, found, release?.spec);
  const content =
    release?.spec.format === 'image'
      ? { image: resolveImage(caches, release), isSelfContained: true }
      : {
          packages: resolvePackages(caches, app, release, {
            commit: bundle.commit,
            runtime: runtime.image,
          }),
        };
  const instance: AppInstance = {
    tenant: tenant.metadata.name,
    environment: environment.name,
    app: instanceName,
    namespace,
  };
  const shape = resolveShape(caches, found, instance, environment);
  const { results } = app.spec;
  const store: Workload['store'] = shape.store &&
    results && {
      functions: shape.store.functions,
      bucket: resolveBucket(
        caches,
        instance,
        results.connection,
        app.metadata.uid!,
      ),
    };
  return {
    ...instance,
    ...(!release && { isDraft: true, allow: allowedPackages(caches, app) }),
    ...bundle,
    ...runtime,
    ...content,
    requests: plan.spec.perEnvironment.defaultContainer,
    user: resolveUser(
      caches,
      tenant,
      place.cluster,
      instance,
      (store ?? shape.store)?.size !== undefined,
    ),
    ...shape,
    ...(store && { store }),
    ...scaleOf(environment, shape),
    ...(environment.scaleToZeroMinutes &&
      !place.protected &&
      !environment.suspended &&
      !shape.consumer && {
        scaleToZeroMinutes: environment.scaleToZeroMinutes,
      }),
    ...(environment.restartedAt && { restartedAt: environment.restartedAt }),
  };
}

function scaleOf(
  { suspended, replicas }: AppEnvironment,
  { consumer }: Pick<Workload, 'consumer'>,
): Pick<Workload, 'autoscale' | 'replicas' | 'suspended'> {
  if (suspended) return { suspended, replicas: 0 };
  // Two consumers would split the messages between them.
  if (consumer) return { replicas: 1 };
  const { min, max } = replicas ?? { min: 1, max: 1 };
  // Pods that do not run report no calls.
  const lowest = Math.max(min, 1);
  return lowest < max ? { autoscale: { min: lowest, max } } : { replicas: min };
}

/** Finds the environment of the tenant in which an app shall run. @throws ObstacleError */
function findPlace(
  { metadata, spec }: Tenant,
  { name, release }: AppEnvironment,
): TenantEnvironment {
  const place = spec.environments.find(one => one.name === name);
  if (!place) {
    throwFailed(
      `Tenant ${metadata.name} has no environment "${name}".`,
      'Request the environment on the tenant page, or remove it from the app.',
    );
  }
  if (place.protected && !release) {
    // Protecting an environment does not stop the draft that is running there.
    throw new ObstacleError({
      health: 'Failed',
      why: `Environment ${name} is protected and accepts only releases.`,
      next: 'Publish a release and promote it to this environment, or remove the environment from the app.',
      meanwhile: 'The previous draft keeps running without new commits.',
    });
  }
  return place;
}

function resolveNamespace(
  { namespaces }: Caches,
  { metadata }: Tenant,
  { name }: AppEnvironment,
): string {
  const namespace = environmentNamespace(metadata.name, name);
  const found = namespaces.get(namespace);
  if (!found || found.metadata.deletionTimestamp) {
    throwPending(
      `Environment ${name} of tenant ${metadata.name} is being created.`,
    );
  }
  return namespace;
}

/** Ensures that a release was promoted into a protected environment, by uid, as names can be reused. */
function checkPromoted(
  { releases }: Caches,
  { metadata }: App,
  { name, promoted, release }: AppEnvironment,
): void {
  const found = releases.get(release!, metadata.namespace);
  if (promoted !== undefined && found?.metadata.uid === promoted) return;
  throw new ObstacleError({
    health: 'Failed',
    why: `Environment ${name} is protected, and release "${release}" was not promoted to it.`,
    next: 'Request its promotion, or remove the environment from the app.',
    meanwhile: 'The previous release keeps running.',
  });
}
