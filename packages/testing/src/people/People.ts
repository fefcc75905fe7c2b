import {
  coreKinds,
  isAlreadyExists,
  isConflict,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  homeNamespace,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, bundle, tenant } from '../objects';

/** Commit that a new app runs. */
export const firstCommit = '3f9c1e2';
/** Commit that comes after it. */
export const secondCommit = '7a41b90';

/** Actions of people on tenants and apps, through the API. */
export class People {
  readonly #admin: KubeClient;
  readonly #builder: KubeClient;

  /** @param admin - a client that may act in the names of others */
  constructor(admin: KubeClient) {
    this.#admin = admin;
    this.#builder = admin.as({ user: 'user:default/bea' });
  }

  /** Requests a tenant with the environment `dev`. */
  async createTenant(
    name: string,
    changes: Partial<Tenant['spec']> = {},
  ): Promise<Tenant> {
    const environments = [{ name: 'dev', cluster: 'local', protected: false }];
    return this.#admin
      .resource<Tenant>(tenantKind)
      .create(tenant(name, { environments, ...changes }));
  }

  /** Packs the code of a commit; the content is the commit itself when absent. */
  async pushCode(
    tenantName: string,
    name: string,
    commit: string,
    content = `code of ${commit}`,
  ): Promise<void> {
    const code = bundle(name, homeNamespace(tenantName), commit, content);
    await persist(() =>
      this.#builder
        .resource(coreKinds.configMaps)
        .apply(code, { fieldManager: 'people', force: true }),
    );
  }

  /** Creates an app that runs a commit in `dev`. */
  async createApp(
    tenantName: string,
    name: string,
    commit = firstCommit,
  ): Promise<void> {
    await this.pushCode(tenantName, name, commit);
    const namespace = homeNamespace(tenantName);
    const source = { repository: `${tenantName}/${name}`, path: '.' };
    const wanted = app(name, namespace, {
      source: { ...source, revision: commit },
    });
    await persist(() => this.#builder.resource<App>(appKind).create(wanted));
  }

  /** Changes the number of pods in `dev`. */
  async scale(
    tenantName: string,
    name: string,
    min: number,
    max = min,
  ): Promise<void> {
    await this.edit(tenantName, name, {
      environments: [
        { name: 'dev', revision: 'draft', replicas: { min, max } },
      ],
    });
  }

  /** Runs another commit, also an older one again. */
  async run(tenantName: string, name: string, commit: string): Promise<void> {
    await this.pushCode(tenantName, name, commit);
    await this.edit(tenantName, name, { source: { revision: commit } });
  }

  /** Changes fields of an app's spec (merge patch). */
  async edit(tenantName: string, name: string, spec: object): Promise<void> {
    const namespace = homeNamespace(tenantName);
    await this.#builder
      .resource<App>(appKind)
      .patch(name, { spec }, { namespace, fieldManager: 'people' });
  }

  /** Sets an annotation without meaning on an app. */
  async note(tenantName: string, name: string, note: string): Promise<void> {
    const namespace = homeNamespace(tenantName);
    const annotations = { 'example.org/note': note };
    await this.#builder
      .resource<App>(appKind)
      .patch(
        name,
        { metadata: { annotations } },
        { namespace, fieldManager: 'people' },
      );
  }

  async deleteApp(tenantName: string, name: string): Promise<void> {
    const namespace = homeNamespace(tenantName);
    await this.#builder.resource<App>(appKind).delete(name, { namespace });
  }

  async deleteTenant(name: string): Promise<void> {
    await this.#admin.resource<Tenant>(tenantKind).delete(name);
  }
}

/** Tries again when others change the same quota at the same time, which the API server refuses. */
async function persist<T>(act: () => Promise<T>, tries = 10): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isConflict(error) || isAlreadyExists(error) || tries === 0)
      throw error;
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    return persist(act, tries - 1);
  }
}
