import {
  coreKinds,
  Informer,
  type KubeClient,
  type KubeObject,
  type Logger,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  grantKind,
  homeNamespace,
  labels,
  managedBy,
  tenantKind,
  type App,
  type Grant,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { AppDirectory } from '../delivery';
import type { GrantDirectory, TenantDirectory } from '../login';
import type { ServiceAddress, ServiceDirectory } from '../upstream';

/**
 * Tenants, apps, grants and services as the API server has them, kept in memory: a call needs no request to
 * Kubernetes, and readers are served on while the API server is away.
 */
export class ClusterView
  implements AppDirectory, GrantDirectory, ServiceDirectory, TenantDirectory
{
  readonly #apps;
  readonly #grants;
  readonly #services;
  readonly #tenants;

  constructor(options: { client: KubeClient; log: Logger }) {
    const { client, log } = options;
    const watch = <T extends KubeObject>(type: ResourceType<T>) => ({
      client,
      type,
      onError: (error: unknown) =>
        log.warn(`Watching ${type.plural} failed; it is tried again`, {
          error: String(error),
        }),
    });
    this.#apps = new Informer(watch(appKind as ResourceType<App>));
    this.#grants = new Informer({
      ...watch(grantKind as ResourceType<Grant>),
      indexes: { tokenHash: grant => [grant.spec.tokenHash] },
    });
    this.#tenants = new Informer(watch(tenantKind as ResourceType<Tenant>));
    this.#services = new Informer({
      ...watch(coreKinds.services),
      labelSelector: `${labels.managedBy}=${managedBy}`,
    });
  }

  /** Begins to watch; ends when the signal aborts. */
  start(signal: AbortSignal): void {
    for (const informer of this.#informers()) informer.start(signal);
  }

  /** The kinds whose first list is not complete yet. */
  get missing(): string[] {
    return this.#informers()
      .filter(({ isSynced }) => !isSynced)
      .map(({ type }) => type.plural);
  }

  findApp(tenant: string, name: string): App | undefined {
    return this.#apps.get(name, homeNamespace(tenant));
  }

  findTenant(name: string): Tenant | undefined {
    return this.#tenants.get(name);
  }

  grantsByHash(hash: string): Grant[] {
    return this.#grants.index('tokenHash', hash);
  }

  /** The newest version of a grant, `undefined` when it is gone or another took its name. */
  newestGrant({ metadata }: Grant): Grant | undefined {
    const current = this.#grants.get(metadata.name, metadata.namespace);
    return current?.metadata.uid === metadata.uid ? current : undefined;
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

  #informers() {
    return [this.#apps, this.#grants, this.#services, this.#tenants];
  }
}
