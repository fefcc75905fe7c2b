import type {
  ConfigMap,
  Informer,
  KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  createClusterCaches,
  type ClusterCaches,
  type OnWatchError,
} from './ClusterCaches';
import { createHubCaches, type HubCaches } from './HubCaches';

/** Caches of everything the operator reads to work on one cluster. */
export interface Caches extends HubCaches, ClusterCaches {
  /** ConfigMaps of the hub without content; those in home namespaces are code bundles. */
  homeConfigMaps: Informer<ConfigMap>;
}

/** Creates the caches of the hub; they are empty until they are started. */
export function createCaches(
  client: KubeClient,
  onError: OnWatchError,
): Caches {
  const onHub = createClusterCaches(client, onError);
  return {
    ...createHubCaches(client, onError),
    ...onHub,
    homeConfigMaps: onHub.configMaps,
  };
}

/** Creates the caches of a target; Bailiwick's own kinds come from the hub. */
export function createCachesOn(
  hub: Caches,
  client: KubeClient,
  onError: OnWatchError,
): { caches: Caches; informers: Informer<any>[] } {
  const there = createClusterCaches(client, onError);
  return { caches: { ...hub, ...there }, informers: informersOf(there) };
}

/** Returns all informers, each once. */
export function informersOf({
  children,
  ...caches
}: ClusterCaches): Informer<any>[] {
  return [
    ...new Set<Informer<any>>([
      ...Object.values(caches),
      ...Object.values(children),
    ]),
  ];
}
