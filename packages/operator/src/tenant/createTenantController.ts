import {
  Controller,
  type ControllerOptions,
  type Informer,
  type KubeObject,
  type Watch,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  type Cluster,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import { QuotaCounting } from './phases';
import { reconcileTenant } from './reconcileTenant';

/** Reconciles tenants when they, their plan or one of their objects changed. */
export function createTenantController(
  scope: Scope,
  observe: ControllerOptions['observe'],
): Controller {
  const { caches, log } = scope;
  const counting = new QuotaCounting(scope);
  const tenantOf = ({ metadata }: KubeObject) => {
    const tenant = metadata.labels?.[labels.tenant];
    return tenant && !metadata.labels?.[labels.app] ? [tenant] : [];
  };
  const { ConfigMap, Deployment, Service, ServiceAccount, ...children } =
    caches.children;
  const ofChildren = Object.values(children).map(
    (informer: Informer<KubeObject>): Watch => ({ informer, toKeys: tenantOf }),
  );
  return new Controller({
    name: 'tenant',
    log,
    observe,
    concurrency: 4,
    watches: [
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant) => [metadata.name],
      },
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) =>
          tenantsWhere(scope, ({ spec }) => spec.plan === metadata.name),
      },
      {
        informer: caches.clusters,
        toKeys: ({ metadata }: Cluster) =>
          tenantsWhere(scope, ({ spec }) =>
            spec.environments.some(({ cluster }) => cluster === metadata.name),
          ),
      },
      ...ofChildren,
    ],
    reconcile: (key, { signal }) =>
      reconcileTenant(scope, counting, key, signal),
  });
}

function tenantsWhere(
  { caches }: Scope,
  matches: (tenant: Tenant) => boolean,
): string[] {
  return caches.tenants
    .list()
    .filter(matches)
    .map(({ metadata }) => metadata.name);
}
