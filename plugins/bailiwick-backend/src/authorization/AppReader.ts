import { NotFoundError } from '@backstage/errors';
import {
  homeNamespace,
  tenantOfHome,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  accessesOf,
  canBuild,
  canRead,
  coversTarget,
  roleIn,
  type Person,
  type ReadTarget,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Returns the address of an app's repository at another git host. */
type AddressOf = (place: { tenant: string; name: string }) => string;

/** Reads tenants and their apps from the watched lists, as far as a person may see them. */
export class AppReader {
  readonly #addressOf?: AddressOf;
  readonly #kubernetes: KubernetesService;

  /** @param options - `addressOf`: addresses of repositories at another git host, of which the portal has mirrors */
  constructor(options: {
    addressOf?: AddressOf;
    kubernetes: KubernetesService;
  }) {
    this.#addressOf = options.addressOf;
    this.#kubernetes = options.kubernetes;
  }

  /** Returns an app as a person sees it, `undefined` when they may not. */
  view(app: App, person: Person): AppView | undefined {
    const name = tenantOfHome(app.metadata.namespace ?? '');
    const tenant = name && this.#kubernetes.lists.tenants.get(name);
    const place = { tenant: name ?? '', name: app.metadata.name };
    return tenant && canRead(tenant, person)
      ? {
          ...app,
          tenant: name,
          canBuild: canBuild(tenant, person),
          ...(this.#addressOf?.(place) === app.spec.source.repository && {
            hasMirror: true as const,
          }),
          canCreateToken: roleIn(tenant, person) !== undefined,
          ...(roleIn(tenant, person) === 'owner' && { isOwner: true as const }),
        }
      : undefined;
  }

  /** Returns all apps of a tenant, for any requester. */
  inTenant(tenant: string): App[] {
    const namespace = homeNamespace(tenant);
    return this.#kubernetes.lists.apps
      .list()
      .filter(({ metadata }) => metadata.namespace === namespace);
  }

  /** @throws NotFoundError also when the person may not see the app */
  get(person: Person, tenant: string, name: string): AppView {
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    const view = app && this.view(app, person);
    if (!view)
      throw new NotFoundError(
        `App "${name}" was not found in tenant "${tenant}"`,
      );
    return view;
  }

  /**
   * Returns an app for use in an environment of its tenant.
   *
   * @throws NotFoundError also when the tenant has no such environment
   */
  getIn(
    person: Person,
    tenant: string,
    name: string,
    environment: string,
  ): AppView {
    const app = this.get(person, tenant, name);
    const { environments } = this.tenant(person, tenant).spec;
    if (environments.some(one => one.name === environment)) return app;
    const names = environments.map(one => one.name).join(', ');
    throw new NotFoundError(
      `Tenant "${tenant}" has no environment "${environment}"; available: ${names}`,
    );
  }

  /**
   * Returns an app of which a person may read a function in an environment: as a member, or by granted access.
   *
   * @throws NotFoundError also when they may not
   */
  getReadable(
    person: Person,
    tenant: string,
    { app: name, environment, fn }: Required<ReadTarget>,
  ): App {
    const found = this.#kubernetes.lists.tenants.get(tenant);
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    const isCovered = accessesOf(found ?? {}, person.user, new Date()).some(
      access => coversTarget(access, { app: name, environment, fn }),
    );
    return app && isCovered
      ? app
      : this.getIn(person, tenant, name, environment);
  }

  /** @throws NotFoundError also when the person may not see the tenant */
  tenant(person: Person, name: string): Tenant {
    const tenant = this.#kubernetes.lists.tenants.get(name);
    if (!tenant || !canRead(tenant, person))
      throw new NotFoundError(
        `Tenant "${name}" was not found, or you are not a member`,
      );
    return tenant;
  }
}
