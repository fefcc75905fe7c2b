import {
  coreKinds,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  environmentNamespace,
  homeNamespace,
  labels,
  managedBy,
  planKind,
  tenantKind,
  type App,
  type AppEnvironmentStatus,
  type DomainPack,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { app, pack, plan, tenant } from '@bailiwick/backstage-testing/objects';
import { inParallel } from '../inParallel';
import { countCalls } from './countCalls';
import { FleetMember, stockUser } from './FleetMember';
import type { StockAccess } from './StockPortal';

const environments = ['dev', 'prod'];
const appsPerTenant = 20;
/** Pods of an app in all its environments together. */
export const podsPerApp = 10;
const revision = '3f9c1e2a9b8c';

/** An app of the fleet of the benchmark; it runs in dev and in prod. */
export interface FleetApp {
  name: string;
  tenant: string;
  title: string;
}

/** A hub with the apps, and other clusters with environments of some; the benchmark writes the state of all. */
export class FleetCluster {
  readonly #cluster: TestCluster;
  readonly #client: KubeClient;
  readonly #members: FleetMember[];

  private constructor(cluster: TestCluster) {
    this.#cluster = cluster;
    this.#client = cluster.client;
    this.#members = [new FleetMember('local', cluster)];
  }

  /** @param clusters - how many there are in all */
  static async start(viewer: string, clusters: number): Promise<FleetCluster> {
    const cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
    });
    const fleet = new FleetCluster(cluster);
    try {
      const { client } = cluster;
      const counted = ['bailiwick:portal', viewer, stockUser];
      await countCalls(client, counted);
      await client.resource<Plan>(planKind).create(plan('small'));
      await client.resource<DomainPack>(domainPackKind).create(pack('market'));
      while (fleet.#members.length < clusters)
        fleet.#members.push(
          await FleetMember.start(
            `c${String(fleet.#members.length).padStart(2, '0')}`,
            client,
            counted,
          ),
        );
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  /** Creates a kubeconfig for the portal's identity. */
  portalIdentity(): Promise<string> {
    return this.#cluster.identity('bailiwick:portal');
  }

  /** Grants a stock portal read access to each cluster. */
  stockIdentities(): Promise<StockAccess[]> {
    return Promise.all(this.#members.map(one => one.stockIdentity()));
  }

  async stop(): Promise<void> {
    for (const member of this.#members) await member.stop();
  }

  /** Creates healthy apps with their tenants and pods. */
  async populate(apps: FleetApp[]): Promise<void> {
    const tenants = [...new Set(apps.map(one => one.tenant))];
    await inParallel(tenants, name => this.#makeTenant(name));
    await inParallel(apps, one => this.#makeApp(one));
    const pods = apps.flatMap(one =>
      Array.from({ length: podsPerApp }, (_, number) => podOf(one, number)),
    );
    await inParallel(pods, pod =>
      this.#memberOf(pod.metadata.labels![labels.tenant]).makePod(pod),
    );
  }

  /** Changes a pod of an app, and the app's status as the operator would. */
  async change(one: FleetApp, why: string, isWell: boolean): Promise<void> {
    const { metadata } = podOf(one, 0);
    const status = isWell ? 'True' : 'False';
    await this.#memberOf(one.tenant)
      .client.resource<Pod>(coreKinds.pods)
      .patchStatus(
        metadata.name,
        { conditions: [{ type: 'bench.bailiwick.dev/well', status }] },
        { namespace: metadata.namespace },
      );
    await this.#report(one, why, isWell);
  }

  /** Calls of the portal and of the viewer on all clusters since they started, without watches. */
  async calls(): Promise<number> {
    const calls = await Promise.all(this.#members.map(one => one.calls()));
    return calls.reduce((sum, one) => sum + one, 0);
  }

  /** The environments of a tenant are on one cluster; that of the first tenant is not the hub, if there is another. */
  #memberOf(tenantName: string): FleetMember {
    const number = Number(tenantName.slice(1)) + 1;
    return this.#members[number % this.#members.length];
  }

  async #makeTenant(name: string): Promise<void> {
    await this.#client.resource<Tenant>(tenantKind).create(
      tenant(name, {
        title: `Tenant ${name.slice(1)}`,
        environments: environments.map(environment => ({
          name: environment,
          cluster: this.#memberOf(name).name,
          protected: environment === 'prod',
        })),
      }),
    );
    await this.#members[0].makeNamespace(homeNamespace(name));
    for (const environment of environments)
      await this.#memberOf(name).makeNamespace(
        environmentNamespace(name, environment),
      );
  }

  async #makeApp(one: FleetApp): Promise<void> {
    await this.#client.resource<App>(appKind).create(
      app(one.name, homeNamespace(one.tenant), {
        title: one.title,
        source: {
          repository: `${one.tenant}/${one.name}`,
          path: '.',
          revision,
        },
        environments: environments.map(name => ({
          name,
          revision: 'draft',
        })),
      }),
    );
    await this.#report(one, 'All pods answer.', true);
  }

  async #report(one: FleetApp, why: string, isWell: boolean): Promise<void> {
    const health = isWell ? 'Healthy' : 'Degraded';
    const since = new Date().toISOString();
    const states: AppEnvironmentStatus[] = environments.map(name => ({
      name,
      health,
      why,
      next: '',
      revision,
      pods: { ready: podsPerApp / 2, desired: podsPerApp / 2 },
      since,
    }));
    await this.#client
      .resource<App>(appKind)
      .patchStatus(
        one.name,
        { health, environments: states },
        { namespace: homeNamespace(one.tenant) },
      );
  }
}

/** Names of apps, and of the tenants to which they belong, in the order in which the board has them. */
export function fleetOf(count: number): FleetApp[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(5, '0');
    const group = Math.floor(index / appsPerTenant);
    return {
      name: `app-${number}`,
      title: `App ${number}`,
      tenant: `t${String(group).padStart(4, '0')}`,
    };
  });
}

function podOf({ name, tenant: owner }: FleetApp, number: number): Pod {
  const environment = environments[number % environments.length];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${number}`,
      namespace: environmentNamespace(owner, environment),
      labels: {
        [labels.managedBy]: managedBy,
        [labels.tenant]: owner,
        [labels.environment]: environment,
        [labels.app]: name,
      },
    },
    spec: {
      nodeName: 'bench',
      automountServiceAccountToken: false,
      containers: [{ name: 'function', image: 'registry.test/python:1' }],
    },
  } as Pod;
}
