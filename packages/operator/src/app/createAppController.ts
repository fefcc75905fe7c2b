import {
  Controller,
  keyOf,
  toKey,
  type ConfigMap,
  type ControllerOptions,
  type KubeObject,
  type Watch,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
  tenantOfHome,
  type App,
  type DomainPack,
  type Plan,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../scope';
import { PodQuestions } from './health';
import { appOfBundle } from './phases';
import { reconcileApp } from './reconcileApp';

/** Reconciles apps when they, what they are made of, or one of their objects changed. */
export function createAppController(
  scope: Scope,
  observe: ControllerOptions['observe'],
): Controller {
  const { caches, log } = scope;
  const questions = new PodQuestions(scope.client);
  const appsWhere = (matches: (app: App) => boolean) =>
    caches.apps.list().filter(matches).map(keyOf);
  const appsOf = (tenant: string | undefined) =>
    tenant
      ? appsWhere(
          ({ metadata }) => metadata.namespace === homeNamespace(tenant),
        )
      : [];

  const { ServiceAccount, Service, NetworkPolicy } = caches.children;
  const ofChildren = [
    ServiceAccount,
    Service,
    NetworkPolicy,
    caches.deployments,
    caches.pods,
  ].map((informer): Watch => ({ informer, toKeys: appOf }));
  caches.pods.onChange(({ type }) => {
    if (type === 'deleted') questions.keepOnly(caches.pods.list());
  });
  return new Controller({
    name: 'app',
    log,
    observe,
    concurrency: 4,
    watches: [
      { informer: caches.apps, toKeys: (app: App) => [keyOf(app)] },
      {
        informer: caches.releases,
        toKeys: ({ metadata, spec }: Release) => [
          toKey(spec.app, metadata.namespace),
        ],
      },
      { informer: caches.configMaps, toKeys: appOfConfigMap },
      { informer: caches.runtimeImages, toKeys: () => appsWhere(() => true) },
      {
        informer: caches.packs,
        toKeys: ({ metadata }: DomainPack) =>
          appsWhere(({ spec }) => spec.archetype.pack === metadata.name),
      },
      {
        informer: caches.tenants,
        toKeys: ({ metadata }: Tenant) => appsOf(metadata.name),
      },
      {
        informer: caches.plans,
        toKeys: ({ metadata }: Plan) =>
          caches.tenants
            .list()
            .filter(({ spec }) => spec.plan === metadata.name)
            .flatMap(tenant => appsOf(tenant.metadata.name)),
      },
      {
        informer: caches.namespaces,
        toKeys: ({ metadata }: KubeObject) =>
          appsOf(metadata.labels?.[labels.tenant]),
      },
      ...ofChildren,
    ],
    reconcile: (key, { signal }) => reconcileApp(scope, questions, key, signal),
  });
}

function appOf({ metadata }: KubeObject): string[] {
  const { [labels.tenant]: tenant, [labels.app]: app } = metadata.labels ?? {};
  return tenant && app ? [toKey(app, homeNamespace(tenant))] : [];
}

function appOfConfigMap(configMap: ConfigMap): string[] {
  const { name, namespace = '' } = configMap.metadata;
  return tenantOfHome(namespace)
    ? [toKey(appOfBundle(name), namespace)]
    : appOf(configMap);
}
