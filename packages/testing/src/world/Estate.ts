import { OperatorProcess } from '../process';
import { coreKinds, KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  planKind,
  tenantKind,
  type App,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually, startTestCluster, type TestCluster } from '../cluster';
import { app, bundle, pack, plan, runtimeImages, tenant } from '../objects';

/** Image of the runtime in these tests. */
export const runtimeImage = 'registry.test/bailiwick/python:1';
/** Commit of the apps in these tests. */
export const commit = '3f9c1e2';

/**
 * A control plane with Kubernetes' own controllers, the operator, and two tenants of different
 * people: `alpha` and `beta`, each with `dev` and `prod`, and the app `prices`.
 */
export class Estate {
  readonly admin: KubeClient;
  readonly cluster: TestCluster;
  operator!: OperatorProcess;

  private constructor(cluster: TestCluster) {
    this.cluster = cluster;
    this.admin = cluster.client;
  }

  static async start(changes: Partial<Plan['spec']> = {}): Promise<Estate> {
    const cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
      controllerManager: true,
    });
    const estate = new Estate(cluster);
    try {
      await estate.#furnish(changes);
      const kubeconfig = await cluster.identity('bailiwick:operator');
      estate.operator = OperatorProcess.start({ kubeconfig });
      for (const name of ['alpha', 'beta']) await estate.giveTenant(name);
    } catch (error) {
      await estate.stop();
      throw error;
    }
    return estate;
  }

  /** A person of a tenant: its `owner`, `builder` or `viewer`. */
  member(name: string, role: 'owner' | 'builder' | 'viewer'): KubeClient {
    return this.person(
      `user:default/${name}-${role}`,
      ...(role === 'owner' ? [`group:default/${name}`] : []),
    );
  }

  /** Returns a client of any signed-in person. */
  person(user: string, ...groups: string[]): KubeClient {
    return this.admin.as({ user, groups: [...groups, 'system:authenticated'] });
  }

  /** The service account of a pod. */
  account(namespace: string, name: string): KubeClient {
    return this.admin.as({
      user: `system:serviceaccount:${namespace}:${name}`,
      groups: [
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
      ],
    });
  }

  /** A client with credentials of its own, by the path of its kubeconfig. */
  clientOf(path: string): KubeClient {
    return KubeClient.fromKubeconfig({ path, userAgent: 'isolation-tests' });
  }

  /** Creates a tenant with one app, and waits until both are complete. */
  async giveTenant(
    name: string,
    changes: Partial<Tenant['spec']> = {},
  ): Promise<void> {
    const tenants = this.admin.resource<Tenant>(tenantKind);
    await tenants.create(
      tenant(name, {
        owners: [`group:default/${name}`],
        members: [
          { subject: `user:default/${name}-builder`, role: 'builder' },
          { subject: `user:default/${name}-viewer`, role: 'viewer' },
        ],
        environments: [
          { name: 'dev', cluster: 'local', protected: false },
          { name: 'prod', cluster: 'local', protected: false },
        ],
        ...changes,
      }),
    );
    await eventually(
      `The tenant ${name} is ready`,
      async () => (await tenants.get(name)).status?.phase === 'Ready',
      60,
    );
    const home = `${name}--home`;
    const code = bundle('prices', home, commit, 'code');
    await this.admin
      .resource(coreKinds.configMaps)
      .apply(code, { fieldManager: 'people', force: true });
    await this.admin.resource<App>(appKind).create(
      app('prices', home, {
        owner: `group:default/${name}`,
        source: { repository: `${name}/prices`, path: '.', revision: commit },
      }),
    );
    await eventually(
      `The app of ${name} is applied`,
      async () => {
        const all = await this.admin
          .resource(coreKinds.deployments)
          .list({ namespace: `${name}--dev` });
        return all.length === 1;
      },
      60,
    );
  }

  /** Waits for the default account, without which the API server rejects pods. */
  async letPodsCome(namespace: string): Promise<void> {
    await eventually(`The default account of ${namespace}`, async () => {
      const all = await this.admin
        .resource(coreKinds.serviceAccounts)
        .list({ namespace });
      return all.some(({ metadata }) => metadata.name === 'default');
    });
  }

  async stop(): Promise<void> {
    await this.operator?.kill();
    await this.cluster.stop();
  }

  async #furnish(changes: Partial<Plan['spec']>): Promise<void> {
    const roomy = plan('small', changes);
    await this.admin.resource<Plan>(planKind).create(roomy);
    await this.admin.resource(domainPackKind).create(pack('market'));
    await this.admin
      .resource(coreKinds.configMaps)
      .create(runtimeImages({ 'bailiwick.python': runtimeImage }));
  }
}
