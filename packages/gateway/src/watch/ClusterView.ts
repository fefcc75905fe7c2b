import {
  ClientsBySecret,
  coreKinds,
  Informer,
  type InformerOptions,
  type KubeClient,
  type KubeObject,
  type Logger,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  clusterKind,
  domainPackKind,
  grantKind,
  homeNamespace,
  labels,
  managedBy,
  tenantKind,
  tenantOfHome,
  type App,
  type Cluster,
  type DomainPack,
  type Grant,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { packOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AddressDirectory } from '../address';
import type { AppDirectory, QuotaDirectory } from '../delivery';
import type { AddInDirectory } from '../excel';
import type { GrantDirectory, Target, TenantDirectory } from '../login';
import type {
  ClusterDirectory,
  ServiceAddress,
  ServiceDirectory,
} from '../upstream';

/** Its Secrets hold the kubeconfigs with which the gateway comes to other clusters. */
const secretsNamespace = 'bailiwick-gateway';

/**
 * Tenants, apps, grants and services as the API server has them, kept in memory: a call needs no request to
 * Kubernetes, and readers are served on while the API server is away.
 */
export class ClusterView
  implements
    AddInDirectory,
    AddressDirectory,
    AppDirectory,
    ClusterDirectory,
    GrantDirectory,
    QuotaDirectory,
    ServiceDirectory,
    TenantDirectory
{
  readonly #log: Logger;
  readonly #apps;
  readonly #clients;
  readonly #clusters;
  readonly #grants;
  readonly #informers: Informer<any>[] = [];
  readonly #packs;
  readonly #services;
  readonly #tenants;

  constructor({ client, log }: { client: KubeClient; log: Logger }) {
    this.#log = log;
    const onError = (type: ResourceType) => (error: unknown) =>
      log.warn(`Watch of ${type.plural} failed; retrying`, {
        error: String(error),
      });
    const watch = <T extends KubeObject>(
      type: ResourceType<T>,
      options: Partial<InformerOptions<T>> = {},
    ): Informer<T> => {
      const common = { client, type, onError: onError(type) };
      const informer = new Informer<T>({ ...common, ...options });
      this.#informers.push(informer);
      return informer;
    };
    this.#apps = watch<App>(appKind, { indexes: { host: hostsOf } });
    this.#clusters = watch<Cluster>(clusterKind);
    this.#clients = new ClientsBySecret({
      client,
      namespace: secretsNamespace,
      labelSelector: `${labels.kubeconfig}=true`,
      userAgent: 'bailiwick-gateway',
      onError: onError(coreKinds.secrets),
    });
    this.#grants = watch<Grant>(grantKind, {
      indexes: {
        home: ({ metadata }) => [metadata.namespace ?? ''],
        tokenHash: grant => [grant.spec.tokenHash],
      },
    });
    this.#packs = watch<DomainPack>(domainPackKind, {
      transform: withoutContent,
    });
    this.#services = watch(coreKinds.services, {
      labelSelector: `${labels.managedBy}=${managedBy}`,
    });
    this.#tenants = watch<Tenant>(tenantKind);
  }

  /** Begins to watch; ends when the signal aborts. */
  start(signal: AbortSignal): void {
    for (const informer of this.#informers) informer.start(signal);
    this.#clients.start(signal);
  }

  /** The kinds whose first list is not complete yet. */
  get missing(): string[] {
    return this.#informers
      .filter(({ isSynced }) => !isSynced)
      .map(({ type }) => type.plural);
  }

  findApp(tenant: string, name: string): App | undefined {
    return this.#apps.get(name, homeNamespace(tenant));
  }

  findAddress(host: string): Target | undefined {
    const [app] = this.#apps.index('host', host);
    const tenant = app && tenantOfHome(app.metadata.namespace ?? '');
    const environment = app?.status?.environments?.find(
      ({ address }) => hostOf(address?.url) === host,
    );
    return tenant && environment
      ? { tenant, environment: environment.name, app: app.metadata.name }
      : undefined;
  }

  callsPerMinute({ spec }: App): number | undefined {
    return packOf(this.#packs, spec.archetype)?.spec.quotas?.callsPerMinute;
  }

  findTenant(name: string): Tenant | undefined {
    return this.#tenants.get(name);
  }

  grantsByHash(hash: string): Grant[] {
    return this.#grants.index('tokenHash', hash);
  }

  grantsOf(tenant: string): Grant[] {
    return this.#grants.index('home', homeNamespace(tenant));
  }

  /** Returns the newest version of a grant; `undefined` if it was deleted or another one has its name. */
  newestGrant({ metadata }: Grant): Grant | undefined {
    const current = this.#grants.get(metadata.name, metadata.namespace);
    return current?.metadata.uid === metadata.uid ? current : undefined;
  }

  otherCluster(tenant: string, environment: string): string | undefined {
    const cluster = this.findTenant(tenant)?.spec.environments.find(
      ({ name }) => name === environment,
    )?.cluster;
    const isOther =
      cluster !== undefined &&
      this.#clusters.get(cluster)?.spec.credentials !== undefined;
    return isOther ? cluster : undefined;
  }

  clientOf(cluster: string): KubeClient | undefined {
    const { secret } = this.#clusters.get(cluster)?.spec.credentials ?? {};
    try {
      return secret === undefined ? undefined : this.#clients.get(secret);
    } catch (error) {
      this.#log.warn(`Can't connect to cluster ${cluster}: ${error}`);
      return undefined;
    }
  }

  serviceAddress(name: string, namespace: string): ServiceAddress | undefined {
    const { clusterIP, ports } =
      this.#services.get(name, namespace)?.spec ?? {};
    const port = ports?.[0]?.port;
    if (!port || !clusterIP || clusterIP === 'None') return undefined;
    return {
      host: clusterIP.includes(':') ? `[${clusterIP}]` : clusterIP,
      port,
    };
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.hostname;
}

/** Host names of the addresses of an app. */
function hostsOf({ status }: App): string[] {
  return (status?.environments ?? []).flatMap(
    ({ address }) => hostOf(address?.url) ?? [],
  );
}

/** A pack without its templates and data, of which the gateway needs nothing. */
function withoutContent({ metadata, spec, ...pack }: DomainPack): DomainPack {
  const { name, resourceVersion, uid } = metadata;
  return {
    ...pack,
    metadata: { name, resourceVersion, uid },
    spec: { ...spec, archetypes: [], datasets: [], vocabulary: [] },
  };
}
