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

/** Copies of everything the operator reads to work on one cluster. */
export interface Caches extends HubCaches, ClusterCaches {
  /** The ConfigMaps of the hub, without content: in homes they hold packed code. */
  homeConfigMaps: Informer<ConfigMap>;
}

/** Creates the caches for the work on the hub; they are empty until they are started. */
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

/** The caches for the work on another cluster: our own kinds are those of the hub. */
export function createCachesOn(
  hub: Caches,
  client: KubeClient,
  onError: OnWatchError,
): { caches: Caches; informers: Informer<any>[] } {
  const there = createClusterCaches(client, onError);
  return { caches: { ...hub, ...there }, informers: informersOf(there) };
}

/** All informers, each once. */
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
