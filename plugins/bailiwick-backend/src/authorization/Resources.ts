import {
  homeNamespace,
  tenantOfHome,
  type App,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidingPlan,
  tenantOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppResource,
  EnvironmentResource,
  InTenant,
  KubernetesService,
  RequestResource,
} from '@bailiwick/backstage-plugin-bailiwick-node';

/** Finds the resources of permissions, by object or by reference, in the watched lists. */
export class Resources {
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /** Returns the tenant of a name; one that does not exist has no members. */
  tenant(name: string): InTenant {
    return { tenant: this.#kubernetes.lists.tenants.get(name) };
  }

  /** `undefined` when the tenant has no such environment. */
  environment(tenant: string, name: string): EnvironmentResource | undefined {
    const found = this.tenant(tenant);
    const environment = found.tenant?.spec.environments.find(
      one => one.name === name,
    );
    return environment && { ...found, environment };
  }

  request(request: ChangeRequest): RequestResource {
    const { plans, tenants } = this.#kubernetes.lists;
    const tenant = tenantOf(request, tenants);
    const plan = plans.get(decidingPlan(request, tenant) ?? '');
    return { tenant, request, plan };
  }

  app(app: App): AppResource {
    const tenant = tenantOfHome(app.metadata.namespace ?? '');
    return { ...this.tenant(tenant ?? ''), app };
  }

  /** An app by `<tenant>/<app>`, `undefined` when there is none. */
  findApp(tenant: string, name: string): AppResource | undefined {
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    return app && this.app(app);
  }

  /** A request by its name, `undefined` when there is none. */
  findRequest(name: string): RequestResource | undefined {
    const request = this.#kubernetes.lists.requests.get(name);
    return request && this.request(request);
  }
}
