import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  planKind,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  eventually,
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import { pack, plan } from '@bailiwick/backstage-test-cluster/objects';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quiet, type Violation } from './oracles';
import { OperatorProcess, type LogLine } from './process';
import { FaultProxy } from './proxy';
import { People, unsettled } from './scenario';

/** A real control plane, the real operator, and the fault proxy between them. */
export class FaultBench {
  readonly admin: KubeClient;
  readonly people: People;
  readonly cluster: TestCluster;
  /** Folder that goes with the bench. */
  readonly folder = mkdtempSync(join(tmpdir(), 'faults-'));
  /** What all operators wrote that ran here. */
  readonly log: LogLine[] = [];
  #proxy: FaultProxy | undefined;
  #operator: OperatorProcess | undefined;

  private constructor(cluster: TestCluster) {
    this.cluster = cluster;
    this.admin = cluster.client;
    this.people = new People(this.admin);
  }

  /** Starts all of it, with a plan, a pack and a runtime image. */
  static async start({ seed }: { seed?: number } = {}): Promise<FaultBench> {
    const cluster = await startTestCluster({ controllerManager: true });
    const bench = new FaultBench(cluster);
    try {
      await installChart(cluster.client, 'crds', 'templates');
      // Its quota controller looks for new kinds only every 30 s, but at once when it starts.
      cluster.kill('kube-controller-manager');
      await bench.#furnish();
      bench.#proxy = await bench.proxyFor('bailiwick:operator', seed);
      bench.startOperator();
    } catch (error) {
      await bench.stop();
      throw error;
    }
    return bench;
  }

  /** The proxy of the operator. */
  get proxy(): FaultProxy {
    return this.#proxy!;
  }

  get operator(): OperatorProcess {
    return this.#operator!;
  }

  /** Another proxy, for another client. */
  async proxyFor(user: string, seed?: number): Promise<FaultProxy> {
    const kubeconfig = await this.cluster.identity(user);
    return FaultProxy.start({ kubeconfig, folder: this.folder, seed });
  }

  startOperator(): OperatorProcess {
    const { kubeconfig } = this.proxy;
    this.#operator = OperatorProcess.start({ kubeconfig });
    return this.#operator;
  }

  /** Kills the operator and starts another one. */
  async restartOperator(): Promise<OperatorProcess> {
    await this.stopOperator();
    return this.startOperator();
  }

  /** Kills the operator; its log stays. */
  async stopOperator(): Promise<void> {
    await this.operator.kill();
    this.log.push(...this.operator.log.splice(0));
  }

  /** Waits until the operator knows the state of the cluster. */
  async operatorReady(): Promise<void> {
    const { operator } = this;
    const isReady = async () => (await operator.ask('/readyz')).status === 200;
    await eventually('The operator is ready', isReady, 60);
  }

  /** Makes a tenant, with apps, and waits until all of it is there. */
  async giveTenant(name: string, ...apps: string[]): Promise<string> {
    await this.people.createTenant(name);
    await this.settle(name, 60);
    for (const app of apps) await this.people.createApp(name, app);
    if (apps.length > 0) await this.settle(name);
    return name;
  }

  /** Waits until a tenant is ready and its apps run what they should. */
  async settle(tenant: string, seconds = 30): Promise<void> {
    let why: string | undefined = 'was not looked at';
    try {
      await eventually(
        `${tenant} settles`,
        async () => {
          why = await unsettled(this.admin, tenant);
          return why === undefined;
        },
        seconds,
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${why}`, { cause: error });
    }
  }

  /** Waits until the operator has written nothing for some time; gives how often it did meanwhile. */
  async quiesce(milliseconds = 1500, seconds = 30): Promise<void> {
    const end = performance.now() + seconds * 1000;
    let count = -1;
    while (count !== this.proxy.writes.length) {
      if (performance.now() > end)
        throw new Error(`The operator still writes after ${seconds} s`);
      count = this.proxy.writes.length;
      await pause(milliseconds);
    }
  }

  /** O4: what the operator writes in some milliseconds in which nothing changes. */
  async writesWithin(milliseconds: number): Promise<Violation[]> {
    const start = this.proxy.passages.length;
    await pause(milliseconds);
    return quiet(this.proxy.passages.slice(start));
  }

  /** Takes all faults away and sees to it that an operator runs. */
  async reset(): Promise<void> {
    this.proxy.clear();
    if (this.operator.isRunning) this.operator.signal('SIGCONT');
    else await this.restartOperator();
  }

  async stop(): Promise<void> {
    await this.#operator?.kill();
    await this.#proxy?.close();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #furnish(): Promise<void> {
    const roomy = plan('small');
    const { perEnvironment } = roomy.spec;
    await this.admin.resource(planKind).create({
      ...roomy,
      spec: {
        ...roomy.spec,
        perEnvironment: { ...perEnvironment, cpu: '20', apps: 20, pods: 100 },
      },
    } as typeof roomy);
    await this.admin.resource(domainPackKind).create(pack('finance'));
    await this.admin.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'runtime-images', namespace: 'bailiwick-system' },
      data: { 'bailiwick.python': 'registry.test/bailiwick/python:1' },
    });
  }
}

/** Waits; for quiet times, in which nothing may happen. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
