import {
  coreKinds,
  dropManagedFields,
  toKey,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  buildKind,
  changeRequestKind,
  clusterKind,
  connectionKind,
  domainPackKind,
  grantKind,
  labels,
  planKind,
  readAsOne,
  releaseKind,
  runKind,
  tenantKind,
  workspaceKind,
  type App,
  type Build,
  type ChangeRequest,
  type Cluster,
  type Connection,
  type DomainPack,
  type Grant,
  type Plan,
  type Release,
  type Run,
  type Tenant,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { targetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { connectionLabel, systemNamespace } from '../names';
import { instanceKey } from './appInstances';
import { informersFrom, type OnWatchError } from './ClusterCaches';

/** Caches of Bailiwick's own kinds and of the Secrets they refer to, all on the hub. */
export type HubCaches = ReturnType<typeof createHubCaches>;

/**
 * Milliseconds after which controllers start without these Secrets, as the right to read them may
 * be missing.
 */
const syncTimeout = 10_000;

/** Creates the caches of Bailiwick's own kinds; they are empty until they are started. */
export function createHubCaches(client: KubeClient, onError: OnWatchError) {
  const all = informersFrom(client, onError);
  return {
    plans: all<Plan>(planKind),
    packs: all<DomainPack>(domainPackKind, { transform: withoutFiles }),
    clusters: all<Cluster>(clusterKind),
    tenants: all<Tenant>(tenantKind, {
      indexes: {
        plan: ({ spec }: Tenant) => [spec.plan],
        readAs: ({ metadata }: Tenant) => [readAsOne(metadata.name)],
        owner: ({ spec }: Tenant) => spec.owners,
        cluster: ({ spec, status }: Tenant) => [
          ...spec.environments.map(({ cluster }) => cluster),
          // Former clusters that were unreachable when the tenant left them.
          ...(status?.clusters ?? []),
        ],
      },
    }),
    requests: all<ChangeRequest>(changeRequestKind, {
      indexes: {
        tenant: ({ spec }: ChangeRequest) => [targetTenant(spec)],
      },
    }),
    apps: all<App>(appKind, {
      indexes: {
        home: ({ metadata }: App) => [metadata.namespace ?? ''],
        pack: ({ spec }: App) => [spec.archetype.pack],
        bucket: ({ spec }: App) =>
          spec.results ? [spec.results.connection] : [],
      },
    }),
    releases: all<Release>(releaseKind, {
      indexes: {
        app: ({ metadata, spec }: Release) => [
          toKey(spec.app, metadata.namespace),
        ],
        home: ({ metadata }: Release) => [metadata.namespace ?? ''],
      },
    }),
    /** Indexes: `instance` ({@link instanceKey}) and `home`. */
    runs: all<Run>(runKind, {
      indexes: {
        instance: ({ metadata, spec }: Run) => [
          instanceKey(metadata.namespace ?? '', spec.app, spec.environment),
        ],
        home: ({ metadata }: Run) => [metadata.namespace ?? ''],
      },
    }),
    builds: all<Build>(buildKind, {
      indexes: {
        app: ({ metadata, spec }: Build) => [
          toKey(spec.app, metadata.namespace),
        ],
      },
    }),
    workspaces: all<Workspace>(workspaceKind, {
      indexes: {
        app: ({ metadata, spec }: Workspace) => [
          toKey(spec.app, metadata.namespace),
        ],
        home: ({ metadata }: Workspace) => [metadata.namespace ?? ''],
      },
    }),
    /** Place and last use of the tokens of apps. Index: `app`. */
    grants: all<Grant>(grantKind, {
      indexes: {
        app: ({ metadata, spec }: Grant) => [
          toKey(spec.app, metadata.namespace),
        ],
      },
      transform: onlyUse,
    }),
    connections: all<Connection>(connectionKind, {
      indexes: {
        pack: ({ spec }: Connection) => (spec.pack ? [spec.pack] : []),
      },
    }),
    /** Secrets of the system namespace that connections may name, without content. */
    systemSecrets: all(coreKinds.secrets, {
      namespace: systemNamespace,
      labelSelector: `${connectionLabel}=true`,
      metadataOnly: true,
      syncTimeout,
    }),
    /** Secrets of the system namespace with the kubeconfigs of targets, with content. */
    kubeconfigs: all(coreKinds.secrets, {
      namespace: systemNamespace,
      labelSelector: `${labels.kubeconfig}=true`,
      syncTimeout,
    }),
  };
}

/** A grant with the fields that tell when an app was used, and how its canary performs. */
function onlyUse({ metadata, spec, status = {}, ...grant }: Grant): Grant {
  const { name, namespace, resourceVersion, uid } = metadata;
  return {
    ...grant,
    metadata: { name, namespace, resourceVersion, uid },
    spec: {
      ...{ app: spec.app, environment: spec.environment },
      ...{ subject: '', client: spec.client, expiresAt: '', tokenHash: '' },
    },
    status: { lastUsed: status.lastUsed, canary: status.canary },
  };
}

function withoutFiles(pack: DomainPack): DomainPack {
  const { spec, ...rest } = dropManagedFields(pack);
  const archetypes = spec.archetypes.map(archetype => ({
    ...archetype,
    files: [],
  }));
  return { ...rest, spec: { ...spec, archetypes } };
}
